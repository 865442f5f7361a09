package org.glassmap.analyses.phasediagrams;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord.OffLine;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord.Point;
import org.glassmap.core.analysis.Convention;
import org.glassmap.core.analysis.Phase;
import org.glassmap.core.analysis.PhaseDiagram;
import org.glassmap.core.analysis.PhaseDiagramSettings;
import org.glassmap.core.analysis.PhaseEntry;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.Species;
import org.glassmap.support.ids.Sha256;
import org.jspecify.annotations.Nullable;

/** Makes the record of a phase diagram of Li2S–P2S5: places every energy on the line, draws the hull, digests it. */
final class DiagramMaker {

    static final CompositionLine LINE =
            new CompositionLine(formula(Species.Li, 2, Species.S, 1), formula(Species.P, 2, Species.S, 5));

    private DiagramMaker() {}

    /**
     * @param created RFC 3339
     * @throws IllegalArgumentException if an end member has no energy
     */
    static PhaseDiagramRecord make(
            String id, DiagramInput input, Convention convention, @Nullable String title, String created) {
        Map<String, DiagramInput.Entry> byLabel = new HashMap<>();
        List<PhaseEntry> entries = new ArrayList<>();
        // In the order of the ids, so that of equal energies the same one is the hull's whatever the order asked for.
        input.entries().stream()
                .sorted(comparing(entry -> entry.energy().label()))
                .forEach(entry -> {
                    byLabel.put(entry.energy().label(), entry);
                    entries.add(phaseEntry(entry));
                });
        PhaseDiagram diagram = PhaseDiagram.of(LINE, entries, PhaseDiagramSettings.DEFAULT.withConvention(convention));
        List<Point> points = diagram.phases().stream()
                .map(phase -> point(phase, byLabel))
                .sorted(comparingDouble(Point::fraction)
                        .thenComparingDouble(Point::formationEnergy)
                        .thenComparing(Point::label))
                .toList();
        List<OffLine> offLine = diagram.unplaced().stream()
                .map(one ->
                        new OffLine(one.entry().id(), one.entry().composition().formula(), one.reason()))
                .toList();
        return new PhaseDiagramRecord(
                id,
                input.levelOfTheory(),
                input.referenceMethod(),
                word(convention),
                points,
                IntStream.range(0, points.size())
                        .filter(i -> points.get(i).onHull())
                        .boxed()
                        .toList(),
                offLine,
                digest(convention, input.levelOfTheory(), points, offLine),
                input.campaign(),
                title,
                created);
    }

    static String word(Convention convention) {
        return switch (convention) {
            case EXTENSIVE -> "extensive";
            case PAPER_CHORD -> "paper-chord";
        };
    }

    private static PhaseEntry phaseEntry(DiagramInput.Entry entry) {
        Composition composition = entry.energy().composition();
        @Nullable Double spread = entry.spread();
        return new PhaseEntry(
                entry.energy().label(),
                composition,
                entry.energy().energy(),
                spread == null ? OptionalDouble.empty() : OptionalDouble.of(spread * composition.atoms()));
    }

    private static Point point(Phase phase, Map<String, DiagramInput.Entry> byLabel) {
        DiagramInput.Entry entry = entry(phase.entry(), byLabel);
        OptionalDouble uncertainty = phase.aboveHullUncertainty();
        return new Point(
                phase.x(),
                phase.entry().composition().formula(),
                phase.entry().composition().atoms(),
                phase.entry().energyPerAtom(),
                phase.formationEnergy(),
                phase.formationEnergyPerUnit(),
                phase.aboveHull(),
                phase.vertex(),
                phase.vertex() ? null : decomposition(phase, byLabel),
                entry.name(),
                entry.energy().structure(),
                entry.energy().label(),
                entry.energy().calculation(),
                entry.spread(),
                uncertainty.isPresent() ? uncertainty.getAsDouble() : null);
    }

    private static Map<String, Double> decomposition(Phase phase, Map<String, DiagramInput.Entry> byLabel) {
        Map<String, Double> products = new TreeMap<>();
        phase.decomposition()
                .forEach(product -> products.merge(
                        entry(product.entry(), byLabel).energy().structure(), product.fraction(), Double::sum));
        return products;
    }

    private static DiagramInput.Entry entry(PhaseEntry of, Map<String, DiagramInput.Entry> byLabel) {
        DiagramInput.@Nullable Entry entry = byLabel.get(of.id());
        if (entry == null) {
            throw new IllegalStateException("the diagram names a label that was not given: " + of.id());
        }
        return entry;
    }

    /** Over labels and the energies made of them, to the last bit; neither over names, titles, ids made, nor times. */
    private static String digest(
            Convention convention, String levelOfTheory, List<Point> points, List<OffLine> offLine) {
        StringBuilder physics = new StringBuilder("glassmap-phase-diagram-1\n");
        physics.append(word(convention)).append('\n').append(levelOfTheory).append('\n');
        for (Point point : points) {
            physics.append(point.label())
                    .append(' ')
                    .append(bits(point.fraction()))
                    .append(' ')
                    .append(bits(point.formationEnergy()))
                    .append(' ')
                    .append(bits(point.energyAboveHull()))
                    .append(point.onHull() ? " hull\n" : "\n");
        }
        offLine.stream()
                .map(OffLine::label)
                .sorted()
                .forEach(label -> physics.append("off ").append(label).append('\n'));
        return Sha256.of(physics.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String bits(double value) {
        return "%016x".formatted(Double.doubleToLongBits(value + 0.0));
    }

    private static Composition formula(Species first, int firstCount, Species second, int secondCount) {
        EnumMap<Species, Integer> counts = new EnumMap<>(Species.class);
        counts.put(first, firstCount);
        counts.put(second, secondCount);
        return Composition.of(counts);
    }
}
