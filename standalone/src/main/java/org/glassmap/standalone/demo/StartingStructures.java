package org.glassmap.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.sampling.Rattle;
import org.glassmap.core.sampling.Strain;

/** What the reference method labels first: crystals scaled and rattled, and heated frames without their labels. */
final class StartingStructures {

    /** Displacement in Å and strain of successive copies: from gentle to what a hot lattice does. */
    private static final List<Rattle> RATTLES =
            List.of(new Rattle(0.03, 0.01), new Rattle(0.06, 0.02), new Rattle(0.1, 0.025), new Rattle(0.16, 0.03));

    private StartingStructures() {}

    static List<Structure> of(DemoData data, DemoSettings settings, long seed) {
        List<Structure> structures = new ArrayList<>();
        for (int c = 0; c < data.crystals().size(); c++) {
            Structure crystal = data.crystals().get(c).structure();
            for (double scale : settings.scales()) {
                structures.add(Strain.scaled(crystal, scale));
            }
            for (int k = 0; k < settings.rattled(); k++) {
                Rattle rattle = RATTLES.get(k % RATTLES.size());
                structures.add(rattle.applied(crystal, seed + 1_000_003L * c + k));
            }
        }
        List<Frame> heated = data.heated();
        for (int k = 0; k < heated.size(); k += settings.heatedEvery()) {
            structures.add(heated.get(k).structure());
        }
        return structures;
    }
}
