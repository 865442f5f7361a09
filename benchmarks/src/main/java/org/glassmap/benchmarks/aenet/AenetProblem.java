package org.glassmap.benchmarks.aenet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.Xsf;
import org.glassmap.core.learning.AenetPotential;
import org.glassmap.core.learning.AenetPotentialFile;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.WeightedChebyshev;

/** Files that ænet's programs read, in one folder. */
final class AenetProblem {

    private static final String TRAINING_SET = "set.train";

    /**
     * RMIN, Å. It sizes arrays that ænet fills with zeros for every atom: at 0.75, as its own examples have it, its
     * library is twice as slow, at 0.5 seven times. No two atoms of the samples are closer than this.
     */
    private static final double LEAST_DISTANCE = 1.0;

    private final Path folder;
    private final List<Species> species;

    /** @param folder new and empty; ænet's programs take no paths with slashes */
    AenetProblem(Path folder, List<Species> species) {
        this.folder = folder;
        this.species = List.copyOf(species);
    }

    Path folder() {
        return folder;
    }

    /** @return the files, in the order of the species */
    List<Path> writePotential(NetworkPotential potential) {
        List<Path> files = new ArrayList<>();
        for (AenetPotential one : AenetPotential.of(potential)) {
            AenetPotential written = new AenetPotential(
                    one.network(), one.description(), LEAST_DISTANCE, one.statistics(), one.trainingSet());
            files.add(write(one.network().species() + ".nn", AenetPotentialFile.binary(written)));
        }
        return files;
    }

    /** @return its name */
    String writeStructure(String name, Frame frame) {
        StringBuilder text = new StringBuilder();
        try {
            Xsf.write(frame, text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        write(name, text.toString());
        return name;
    }

    void writePredictInput(String name, List<String> structures) {
        write(
                name,
                "TYPES\n%d\n%s\n\nNETWORKS\n%s\n\nFORCES\n\n%s"
                        .formatted(
                                species.size(),
                                lines(s -> s.symbol()),
                                lines(s -> s + " " + s + ".nn"),
                                files(structures)));
    }

    /** @param atomicEnergies eV, by species */
    void writeGenerateInput(String name, List<String> structures, double[] atomicEnergies, WeightedChebyshev set) {
        for (Species centre : species) {
            write(centre + ".stp", setup(centre, set));
        }
        StringBuilder types = new StringBuilder();
        for (int s = 0; s < species.size(); s++) {
            types.append(species.get(s)).append(' ').append(atomicEnergies[s]).append('\n');
        }
        write(
                name,
                "OUTPUT %s\n\nTYPES\n%d\n%s\nSETUPS\n%s\n\n%s"
                        .formatted(
                                TRAINING_SET,
                                species.size(),
                                types,
                                lines(s -> s + " " + s + ".stp"),
                                files(structures)));
    }

    private String setup(Species centre, WeightedChebyshev set) {
        return """
                DESCR
                  as Glassmap's
                END DESCR
                ATOM %s
                ENV %d
                %s
                RMIN %s
                BASIS type=Chebyshev
                radial_Rc = %s  radial_N = %d angular_Rc = %s  angular_N = %d
                """.formatted(
                        centre,
                        species.size(),
                        lines(Species::symbol),
                        LEAST_DISTANCE,
                        set.radialCutoff(),
                        set.radialOrder(),
                        set.angularCutoff(),
                        set.angularOrder());
    }

    void writeTrainInput(String name, int iterations, List<Integer> hidden) {
        String layers = hidden.stream().map(nodes -> nodes + ":tanh").collect(Collectors.joining(" "));
        write(
                name,
                "TRAININGSET %s\nTESTPERCENT 0\nITERATIONS %d\n\nMETHOD\nbfgs\n\nNETWORKS\n%s\n"
                        .formatted(
                                TRAINING_SET,
                                iterations,
                                lines(s -> "%s %s.nn %d %s".formatted(s, s, hidden.size(), layers))));
    }

    private static String files(List<String> structures) {
        return "FILES\n%d\n%s\n".formatted(structures.size(), String.join("\n", structures));
    }

    private String lines(Function<Species, String> line) {
        return species.stream().map(line).collect(Collectors.joining("\n"));
    }

    /** What a run of {@code train.x} or {@code generate.x} leaves, so that the next begins anew. */
    void removeNetworks() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.contains(".nn") || name.equals("train.restart") || name.equals("train.rngstate")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + folder, e);
        }
    }

    private void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name, e);
        }
    }
}
