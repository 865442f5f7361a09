package org.glassmap.benchmarks.accuracy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.core.learning.WeightedChebyshev;

/**
 * Other people's DFT data with a tenth held out, beside the potential of Artrith and Urban's TiO2 set (Comput. Mater.
 * Sci. 114, 135 (2016), as trained by ænet-PyTorch). The TiO2 set is split as its authors did, so that both potentials are
 * judged on the same hundred structures. Frames of the other sets carry no configuration: they are held out one by one,
 * and neighbours in time of what is judged on may have been learnt.
 */
public final class ReferenceAccuracySection extends AccuracySection {

    private static final double MUST = 1.1;
    private static final long SEED = 1;
    private static final String TIO2 = "reference/lps-dft/tio2-xsf/";

    @Override
    public String name() {
        return "accuracy-dft";
    }

    @Override
    public String description() {
        return "errors on DFT data of others, beside a potential shipped with such a set; minutes";
    }

    @Override
    List<Row> measure(SharedData shared, Effort effort, Consumer<String> told) {
        List<String> test = lines(shared, "energies.test");
        double theirs = theirs(test);
        List<Species> lps = List.of(Species.Li, Species.P, Species.S);
        List<Species> lgps = List.of(Species.Li, Species.of("Ge"), Species.P, Species.S);
        return List.of(
                row(
                        "TiO2, its authors' split and descriptor",
                        new WeightedChebyshev(6.5, 20, 5, 6, List.of(Species.of("Ti"), Species.of("O"))),
                        titania(shared, test),
                        120,
                        theirs,
                        effort,
                        told),
                row(
                        "Li–Ge–P–S (DP-GEN, PBE)",
                        new WeightedChebyshev(6, 18, 3, 4, lgps),
                        drawn(shared, List.of("LGPS_init", "LGPS_iter000000", "LGPS_iter000002")),
                        120,
                        theirs,
                        effort,
                        told),
                row(
                        "Li–P–S (autoplex, level not stated)",
                        new WeightedChebyshev(6, 18, 3, 4, lps),
                        drawn(shared, List.of("LiPS_autoplex")),
                        480,
                        theirs,
                        effort,
                        told));
    }

    private static Row row(
            String what,
            Descriptor descriptor,
            Split split,
            int epochs,
            double theirs,
            Effort effort,
            Consumer<String> told) {
        told.accept(what);
        Split taken = effort == Effort.SMOKE
                ? new Split(
                        split.training().subList(0, 20),
                        split.validation().subList(0, 4),
                        split.unseen().subList(0, 4))
                : split;
        Judged judged = Judged.of(
                PaperTraining.run(PaperTraining.settings(descriptor, effort.size(epochs, 1), SEED), taken, told),
                taken.unseen());
        return new Row(
                        what + ", held out, energy",
                        judged.frames() + " frames",
                        judged.energy(),
                        judged.energy(),
                        "meV/atom",
                        null,
                        List.of(),
                        "%d features, 15–15; forces %.2f eV/Å".formatted(descriptor.size(), judged.force()))
                .with(Ratio.error("TiO2 potential %.1f meV/atom".formatted(theirs), judged.energy() / theirs, MUST));
    }

    /** The hundred of {@code energies.test} are held out; of the rest a tenth is to stop by. */
    private static Split titania(SharedData shared, List<String> test) {
        Set<String> names = new HashSet<>();
        test.forEach(line -> names.add(line.substring(line.lastIndexOf('/') + 1).strip()));
        List<TrainingFrame> seen = new ArrayList<>();
        List<TrainingFrame> unseen = new ArrayList<>();
        for (Frame frame : shared.xsfArchive(TIO2 + "tio2_xsf.tar.gz")) {
            String file = frame.metadata().getOrDefault("file", "");
            String name = file.substring(file.lastIndexOf('/') + 1);
            (names.contains(name) ? unseen : seen).add(SharedData.labelled(frame, name));
        }
        if (unseen.size() != names.size()) {
            throw new IllegalStateException(
                    "%d of the %d structures to be held out are there".formatted(unseen.size(), names.size()));
        }
        Split split = Split.byGroup(seen, 0.1, SEED);
        return new Split(split.training(), split.validation(), unseen);
    }

    /** A tenth to stop by, a tenth to judge on, frame by frame. */
    private static Split drawn(SharedData shared, List<String> files) {
        List<TrainingFrame> frames = new ArrayList<>();
        for (String file : files) {
            for (Frame frame : shared.extendedXyz("reference/lps-dft/" + file + ".extxyz.gz")) {
                frames.add(SharedData.labelled(frame, "" + frames.size()));
            }
        }
        return Split.byGroup(frames, 0.1, 0.1, SEED);
    }

    /** Columns: atoms, energy of DFT and of the potential, both again per atom, file. */
    private static List<String> lines(SharedData shared, String name) {
        try (Stream<String> lines = Files.lines(shared.path(TIO2 + name))) {
            return lines.filter(line -> line.contains(".xsf")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** meV/atom. */
    private static double theirs(List<String> test) {
        double squares = 0;
        for (String line : test) {
            String[] words = line.strip().split("\\s+", -1);
            double miss = Double.parseDouble(words[3]) - Double.parseDouble(words[4]);
            squares += miss * miss;
        }
        return 1e3 * Math.sqrt(squares / test.size());
    }
}
