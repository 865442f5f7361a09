package org.glassmap.analyses.phasediagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.analyses.peers.EnergyOfStructure;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.core.analysis.Convention;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;

/**
 * The eight crystals of the line Li2S–P2S5 with SevenNet-0 energies (checkpoint of 11 July 2024, eV/atom, six decimals)
 * and the formation energies that pymatgen 2026.10.24 made of them before rounding (eV/atom, five decimals).
 */
enum LineCrystals {
    LI2S("Li2S", 2, 0, 1, -3.963643, 1.0, 0.0),
    GAMMA("γ-Li3PS4", 6, 2, 8, -4.391337, 0.75, -0.11929),
    BETA("β-Li3PS4", 12, 4, 16, -4.384056, 0.75, -0.11201),
    PNMA("Li3PS4 (Pnma)", 12, 4, 16, -4.381749, 0.75, -0.10971),
    LIPS3("LiPS3", 4, 4, 12, -4.517805, 0.5, -0.06072),
    LI7P3S11("Li7P3S11", 14, 6, 22, -4.413246, 0.7, -0.09715),
    P2S5("P2S5", 0, 8, 20, -4.668555, 0.0, 0.0),
    LI7PS6("Li7PS6", 28, 4, 24, -4.190664, 0.875, -0.05079);

    final String phase;
    final int lithium;
    final int phosphorus;
    final int sulphur;
    final double energyPerAtom;
    final double fraction;
    final double formationEnergy;

    LineCrystals(
            String phase,
            int lithium,
            int phosphorus,
            int sulphur,
            double energyPerAtom,
            double fraction,
            double formationEnergy) {
        this.phase = phase;
        this.lithium = lithium;
        this.phosphorus = phosphorus;
        this.sulphur = sulphur;
        this.energyPerAtom = energyPerAtom;
        this.fraction = fraction;
        this.formationEnergy = formationEnergy;
    }

    int atoms() {
        return lithium + phosphorus + sulphur;
    }

    DiagramInput.Entry entry() {
        return entry(name().toLowerCase(java.util.Locale.ROOT), lithium, phosphorus, sulphur, energyPerAtom, phase);
    }

    static DiagramInput.Entry entry(
            String id,
            int lithium,
            int phosphorus,
            int sulphur,
            double energyPerAtom,
            @org.jspecify.annotations.Nullable String name) {
        Composition composition =
                Composition.of(new TreeMap<>(Map.of(Species.Li, lithium, Species.P, phosphorus, Species.S, sulphur)));
        EnergyOfStructure energy = new EnergyOfStructure(
                "label-" + id, "structure-" + id, composition, energyPerAtom * composition.atoms(), null);
        return new DiagramInput.Entry(energy, name, null);
    }

    static List<DiagramInput.Entry> entries() {
        List<DiagramInput.Entry> entries = new ArrayList<>();
        for (LineCrystals crystal : values()) {
            entries.add(crystal.entry());
        }
        return entries;
    }

    static PhaseDiagramRecord diagram(List<DiagramInput.Entry> entries) {
        DiagramInput input = new DiagramInput("level-1", "SevenNet-0 (PBE-like)", entries, null);
        return DiagramMaker.make("phase-diagram-1", input, Convention.EXTENSIVE, null, "2026-01-01T00:00:00Z");
    }
}
