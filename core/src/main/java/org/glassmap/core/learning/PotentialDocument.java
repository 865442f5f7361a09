package org.glassmap.core.learning;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.glassmap.core.atoms.Species;

/**
 * A potential as one file: everything that computes (descriptors, scalings, weights, atomic energies, the repulsion, the
 * members of a committee in order) and nothing else. The id is the sha-256 of the bytes, so equal potentials are equal
 * files.
 *
 * <p>The file begins with lines of text that say what follows, in ASCII, fields separated by one blank:
 *
 * <pre>
 *   glassmap-potential-1
 *   members 2
 *   walls 1
 *   wall Li S
 *   species 1
 *   species Li descriptor resolved orders 20 8 environment Li P S
 *   network 1 layers 117 32 1 activations tanh linear
 *   network 2 layers 117 32 1 activations tanh linear
 *   numbers 7952
 * </pre>
 *
 * (in place of walls {@code zbl 1} and {@code switch Li S} where the repulsion is that of the nuclei) and ends with that
 * many big-endian IEEE doubles: height (eV) and radius (Å) of every wall, or inner and outer radius (Å) of every switch;
 * then for every species its
 * radial and angular cutoff (Å) and, member by member, energy scale (1/eV), energy shift (eV), atomic energy (eV), the
 * shifts of the features, their factors, and the weights in ænet's order ({@link Network}).
 */
public final class PotentialDocument {

    /** A file larger than this is refused before it is read to its end. */
    public static final int MAX_BYTES = 64 << 20;

    private static final String FORMAT = "glassmap-potential-1";
    private static final int MAX_MEMBERS = 100;

    private final LearntPotential potential;
    private final byte[] bytes;

    private PotentialDocument(LearntPotential potential, byte[] bytes) {
        this.potential = potential;
        this.bytes = bytes;
    }

    public static PotentialDocument of(LearntPotential potential) {
        return new PotentialDocument(potential, write(potential));
    }

    /** @throws PotentialFileException if the bytes are not exactly such a file */
    public static PotentialDocument read(byte[] bytes) {
        LearntPotential potential = new Reader(bytes).read();
        byte[] canonical = write(potential);
        if (!Arrays.equals(canonical, bytes)) {
            throw new PotentialFileException(
                    "byte " + Arrays.mismatch(canonical, bytes),
                    "the same potential is written otherwise here than its canonical form; write it again");
        }
        return new PotentialDocument(potential, bytes.clone());
    }

    /** @throws PotentialFileException if the stream does not hold exactly such a file, or more than {@link #MAX_BYTES} */
    public static PotentialDocument read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new PotentialFileException("byte " + MAX_BYTES, "the file goes on; a potential has at most 64 MB");
        }
        return read(bytes);
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Sha-256 of {@link #bytes}, 64 hexadecimal digits. */
    public String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public LearntPotential potential() {
        return potential;
    }

    private static byte[] write(LearntPotential potential) {
        List<NetworkPotential> members = potential.members();
        StringBuilder head = new StringBuilder(FORMAT).append('\n');
        List<double[]> numbers = new ArrayList<>();
        head.append("members ").append(members.size()).append('\n');
        switch (potential.repulsion()) {
            case PairRepulsion pairs -> {
                head.append("walls ").append(pairs.walls().size()).append('\n');
                for (PairRepulsion.Wall wall : pairs.walls()) {
                    appendPair("wall", wall.first(), wall.second(), head);
                    numbers.add(new double[] {wall.height(), wall.radius()});
                }
            }
            case ZblRepulsion zbl -> {
                head.append("zbl ").append(zbl.switches().size()).append('\n');
                for (ZblRepulsion.Switch pair : zbl.switches()) {
                    appendPair("switch", pair.first(), pair.second(), head);
                    numbers.add(new double[] {pair.inner(), pair.outer()});
                }
            }
        }
        head.append("species ").append(potential.species().size()).append('\n');
        for (SpeciesNetwork first : members.getFirst().networks()) {
            appendDescriptor(first, head);
            numbers.add(new double[] {
                first.descriptor().radialCutoff(), first.descriptor().angularCutoff()
            });
            for (int m = 0; m < members.size(); m++) {
                SpeciesNetwork network = members.get(m).network(first.species());
                appendNetwork(m, network.network(), head);
                numbers.add(new double[] {network.energyScale(), network.energyShift(), network.atomicEnergy()});
                numbers.add(shifts(network.scaling()));
                numbers.add(factors(network.scaling()));
                numbers.add(network.network().weights());
            }
        }
        int count = numbers.stream().mapToInt(n -> n.length).sum();
        head.append("numbers ").append(count).append('\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + 8 * count);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            for (double[] part : numbers) {
                for (double number : part) {
                    out.writeDouble(number + 0.0); // −0 becomes 0
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void appendPair(String word, Species first, Species second, StringBuilder head) {
        head.append(word).append(' ').append(first.symbol());
        head.append(' ').append(second.symbol()).append('\n');
    }

    private static void appendDescriptor(SpeciesNetwork network, StringBuilder head) {
        Descriptor descriptor = network.descriptor();
        String kind = switch (descriptor) {
            case WeightedChebyshev weighted -> "weighted";
            case ResolvedChebyshev resolved -> "resolved";
        };
        head.append("species ").append(network.species().symbol());
        head.append(" descriptor ").append(kind).append(" orders ");
        head.append(descriptor.radialOrder()).append(' ').append(descriptor.angularOrder());
        head.append(" environment");
        for (Species species : descriptor.environment()) {
            head.append(' ').append(species.symbol());
        }
        head.append('\n');
    }

    private static void appendNetwork(int member, Network network, StringBuilder head) {
        head.append("network ").append(member + 1).append(" layers");
        for (int l = 0; l < network.layers(); l++) {
            head.append(' ').append(network.nodes(l));
        }
        head.append(" activations");
        for (Activation activation : network.activations()) {
            head.append(' ').append(activation.name().toLowerCase(Locale.ROOT));
        }
        head.append('\n');
    }

    private static double[] shifts(FeatureScaling scaling) {
        double[] values = new double[scaling.size()];
        for (int f = 0; f < values.length; f++) {
            values[f] = scaling.shift(f);
        }
        return values;
    }

    private static double[] factors(FeatureScaling scaling) {
        double[] values = new double[scaling.size()];
        for (int f = 0; f < values.length; f++) {
            values[f] = scaling.factor(f);
        }
        return values;
    }

    /** Reads the lines first, then the numbers, then builds: no count in the file makes it reserve memory. */
    private static final class Reader {

        private static final int LONGEST_LINE = 1000;

        private final byte[] bytes;
        private int at;
        private int line;
        private String[] fields = new String[0];
        private int field;

        private record SpeciesHead(
                Species species, boolean weighted, int radial, int angular, List<Species> environment) {}

        private record NetworkHead(int[] layers, List<Activation> activations) {}

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        LearntPotential read() {
            nextLine();
            expect(FORMAT);
            nextLine();
            expect("members");
            int members = whole(1, MAX_MEMBERS);
            nextLine();
            boolean zbl = fields.length > 0 && fields[0].equals("zbl");
            expect(zbl ? "zbl" : "walls");
            int walls = whole(zbl ? 1 : 0, 10_000);
            List<Species[]> pairs = new ArrayList<>();
            for (int w = 0; w < walls; w++) {
                nextLine();
                expect(zbl ? "switch" : "wall");
                pairs.add(new Species[] {species(), species()});
            }
            nextLine();
            expect("species");
            int count = whole(1, Species.values().length);
            List<SpeciesHead> heads = new ArrayList<>();
            List<NetworkHead> networks = new ArrayList<>();
            for (int s = 0; s < count; s++) {
                heads.add(readSpecies());
                for (int m = 0; m < members; m++) {
                    networks.add(readNetwork(m));
                }
            }
            nextLine();
            expect("numbers");
            int numbers = whole(0, MAX_BYTES / 8);
            if (bytes.length - at != 8 * numbers) {
                throw new PotentialFileException(
                        "byte " + bytes.length,
                        "%d numbers need %d bytes after the lines, there are %d; the file is cut short or has a tail"
                                .formatted(numbers, 8 * numbers, bytes.length - at));
            }
            return build(members, zbl, pairs, heads, networks);
        }

        private SpeciesHead readSpecies() {
            nextLine();
            expect("species");
            Species species = species();
            expect("descriptor");
            String kind = word();
            if (!kind.equals("weighted") && !kind.equals("resolved")) {
                throw wrong("descriptor must be weighted or resolved, got '" + kind + "'");
            }
            expect("orders");
            int radial = whole(0, 100);
            int angular = whole(0, 100);
            expect("environment");
            List<Species> environment = new ArrayList<>();
            while (field < fields.length) {
                environment.add(species());
            }
            return new SpeciesHead(species, kind.equals("weighted"), radial, angular, environment);
        }

        private NetworkHead readNetwork(int member) {
            nextLine();
            expect("network");
            if (whole(1, MAX_MEMBERS) != member + 1) {
                throw wrong("expected network " + (member + 1));
            }
            expect("layers");
            List<Integer> layers = new ArrayList<>();
            while (field < fields.length && !fields[field].equals("activations")) {
                layers.add(whole(1, Network.MAX_NODES));
            }
            expect("activations");
            List<Activation> activations = new ArrayList<>();
            while (field < fields.length) {
                String name = word();
                activations.add(Arrays.stream(Activation.values())
                        .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(name))
                        .findFirst()
                        .orElseThrow(() -> wrong("unknown activation '" + name + "'")));
            }
            return new NetworkHead(layers.stream().mapToInt(Integer::intValue).toArray(), activations);
        }

        private LearntPotential build(
                int members, boolean zbl, List<Species[]> pairs, List<SpeciesHead> heads, List<NetworkHead> networks) {
            try {
                Repulsion repulsion = zbl ? zbl(pairs) : walls(pairs);
                List<List<SpeciesNetwork>> byMember = new ArrayList<>();
                for (int m = 0; m < members; m++) {
                    byMember.add(new ArrayList<>());
                }
                int next = 0;
                for (SpeciesHead head : heads) {
                    double[] cutoffs = doubles(2);
                    Descriptor descriptor = head.weighted
                            ? new WeightedChebyshev(cutoffs[0], head.radial, cutoffs[1], head.angular, head.environment)
                            : new ResolvedChebyshev(
                                    cutoffs[0], head.radial, cutoffs[1], head.angular, head.environment);
                    for (int m = 0; m < members; m++) {
                        byMember.get(m).add(network(head.species, descriptor, networks.get(next++)));
                    }
                }
                if (at != bytes.length) {
                    throw new PotentialFileException(
                            "byte " + at, "%d bytes are left over".formatted(bytes.length - at));
                }
                List<NetworkPotential> potentials = new ArrayList<>();
                for (List<SpeciesNetwork> own : byMember) {
                    potentials.add(new NetworkPotential(own, repulsion));
                }
                return members == 1 ? potentials.getFirst() : new CommitteePotential(potentials);
            } catch (PotentialFileException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new PotentialFileException("byte " + at, String.valueOf(e.getMessage()), e);
            }
        }

        private Repulsion walls(List<Species[]> pairs) {
            List<PairRepulsion.Wall> walls = new ArrayList<>();
            for (Species[] pair : pairs) {
                double[] wall = doubles(2);
                walls.add(new PairRepulsion.Wall(pair[0], pair[1], wall[0], wall[1]));
            }
            return new PairRepulsion(walls);
        }

        private Repulsion zbl(List<Species[]> pairs) {
            List<ZblRepulsion.Switch> switches = new ArrayList<>();
            for (Species[] pair : pairs) {
                double[] radii = doubles(2);
                switches.add(new ZblRepulsion.Switch(pair[0], pair[1], radii[0], radii[1]));
            }
            return new ZblRepulsion(switches);
        }

        private SpeciesNetwork network(Species species, Descriptor descriptor, NetworkHead head) {
            Network.requireShape(head.layers, head.activations);
            double[] energies = doubles(3);
            double[] shift = doubles(descriptor.size());
            double[] factor = doubles(descriptor.size());
            double[] weights = doubles(Network.weightCount(head.layers));
            return new SpeciesNetwork(
                    species,
                    descriptor,
                    new FeatureScaling(shift, factor),
                    new Network(head.layers, head.activations, weights),
                    energies[0],
                    energies[1],
                    energies[2]);
        }

        private double[] doubles(int count) {
            if (count > (bytes.length - at) / 8) {
                throw new PotentialFileException(
                        "byte " + at,
                        "%d more numbers are needed, %d are left".formatted(count, (bytes.length - at) / 8));
            }
            double[] values = new double[count];
            ByteBuffer.wrap(bytes, at, 8 * count).asDoubleBuffer().get(values);
            at += 8 * count;
            return values;
        }

        private void nextLine() {
            if (line > 0 && field != fields.length) {
                throw wrong("'" + fields[field] + "' is one field too many");
            }
            int end = at;
            while (end < bytes.length && bytes[end] != '\n' && end - at <= LONGEST_LINE) {
                end++;
            }
            line++;
            if (end == bytes.length || end - at > LONGEST_LINE) {
                throw wrong("no line of text ends here; the file is cut short or is no potential");
            }
            fields = new String(bytes, at, end - at, StandardCharsets.US_ASCII).split(" ", -1);
            field = 0;
            at = end + 1;
        }

        private String word() {
            if (field == fields.length) {
                throw wrong("a field is missing");
            }
            return fields[field++];
        }

        private void expect(String expected) {
            String word = word();
            if (!word.equals(expected)) {
                throw wrong("expected '%s', got '%s'".formatted(expected, shortened(word)));
            }
        }

        private int whole(int least, int most) {
            String word = word();
            try {
                int value = Integer.parseInt(word);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new PotentialFileException(
                        "line " + line, "expected a whole number, got '" + shortened(word) + "'", e);
            }
            throw wrong("expected %d to %d, got %s".formatted(least, most, word));
        }

        private Species species() {
            try {
                return Species.of(word());
            } catch (IllegalArgumentException e) {
                throw new PotentialFileException("line " + line, String.valueOf(e.getMessage()), e);
            }
        }

        private static String shortened(String word) {
            return word.length() > 40 ? word.substring(0, 40) + "…" : word;
        }

        private PotentialFileException wrong(String message) {
            return new PotentialFileException("line " + line, message);
        }
    }
}
