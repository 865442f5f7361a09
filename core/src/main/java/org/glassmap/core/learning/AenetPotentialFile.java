package org.glassmap.core.learning;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Species;

/**
 * ænet's potential files, one per species ({@code Li.15t-15t.nn}, {@code ….nn.ascii}): the binary one, and the three
 * layouts of the text one. Written are the binary and the exchange layout, which {@code nnASCII2bin.x}, aenet-PyTorch
 * and aenet-python read. Numbers come back bit for bit.
 */
public final class AenetPotentialFile {

    /** A file larger than this is refused before it is read to its end. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int DESCRIPTION = 1024;
    private static final int BASIS = 100;
    private static final int PARAMETERS = 4;
    private static final int MAX_SPECIES = 20;

    private AenetPotentialFile() {}

    /** @throws PotentialFileException naming record or line, value and remedy */
    public static AenetPotential read(InputStream in) throws IOException {
        byte[] file = in.readNBytes(MAX_BYTES + 1);
        if (file.length > MAX_BYTES) {
            throw new PotentialFileException("byte " + MAX_BYTES, "the file goes on; a potential has at most 64 MB");
        }
        return read(file);
    }

    /** Tells the layouts apart: a binary file begins with the mark of a record of four bytes.
     *
     * @throws PotentialFileException naming record or line, value and remedy
     */
    public static AenetPotential read(byte[] file) {
        if (file.length == 0) {
            throw new PotentialFileException("byte 0", "the file is empty");
        }
        boolean binary = Arrays.equals(file, 0, Math.min(4, file.length), new byte[] {4, 0, 0, 0}, 0, 4);
        AenetItems items = binary ? new AenetBinaryItems(file) : new AenetTextItems(file);
        try {
            return read(items);
        } catch (PotentialFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PotentialFileException(items.place(), String.valueOf(e.getMessage()), e);
        }
    }

    private static AenetPotential read(AenetItems items) {
        Network network = network(items);
        String description = items.text("description", DESCRIPTION);
        Species species = items.species("species", 1).getFirst();
        int environmentSize = within(items, items.integer("environment"), 1, MAX_SPECIES);
        List<Species> environment = items.species("environment", environmentSize);
        double leastDistance = items.real("Rc_min");
        items.real("Rc_max");
        String basis = items.text("basis", BASIS).strip();
        if (!basis.equals("Chebyshev")) {
            throw new PotentialFileException(
                    items.place(), "only Chebyshev descriptors are known, this potential has '" + basis + "'");
        }
        int features = within(items, items.integer("nsf"), network.inputs(), network.inputs());
        within(items, items.integer("nsfparam"), PARAMETERS, PARAMETERS);
        items.integers("sf", features);
        double[] parameters = items.reals("sfparam", PARAMETERS * features);
        WeightedChebyshev descriptor = new WeightedChebyshev(
                parameters[0], whole(items, parameters[1]), parameters[2], whole(items, parameters[3]), environment);
        int evaluations = items.evaluations(environmentSize, features);
        FeatureStatistics statistics = new FeatureStatistics(
                evaluations,
                items.reals("minima", features),
                items.reals("maxima", features),
                items.reals("means", features),
                items.reals("means of squares", features));
        return potential(items, network, description, species, descriptor, leastDistance, statistics);
    }

    private static AenetPotential potential(
            AenetItems items,
            Network network,
            String description,
            Species species,
            WeightedChebyshev descriptor,
            double leastDistance,
            FeatureStatistics statistics) {
        String file = items.text("training set", DESCRIPTION).strip();
        boolean normalized = items.logical("normalized");
        double scale = items.real("energy scale");
        double shift = items.real("energy shift");
        int count = within(items, items.integer("types"), 1, MAX_SPECIES);
        List<Species> types = items.species("types", count);
        double[] atomicEnergies = items.reals("atomic energies", count);
        int atoms = items.integer("atoms");
        int structures = items.integer("structures");
        double[] energies = items.reals("energies", 3);
        items.requireEnd();
        int type = types.indexOf(species);
        if (type < 0) {
            throw new PotentialFileException(
                    items.place(), "%s is none of the types of the training set, %s".formatted(species, types));
        }
        return new AenetPotential(
                new SpeciesNetwork(
                        species, descriptor, statistics.scaling(), network, scale, shift, atomicEnergies[type]),
                description,
                leastDistance,
                statistics,
                new AenetTrainingSet(
                        file,
                        normalized,
                        types,
                        atomicEnergies,
                        atoms,
                        structures,
                        energies[0],
                        energies[1],
                        energies[2]));
    }

    private static Network network(AenetItems items) {
        int layers = within(items, items.integer("layers"), 2, 20);
        items.integer("most nodes");
        int weightCount = items.integer("weights");
        int values = items.integer("values");
        int[] nodes = items.integers("nodes", layers);
        for (int n : nodes) {
            within(items, n, 1, Network.MAX_NODES);
        }
        within(items, weightCount, Network.weightCount(nodes), Network.weightCount(nodes));
        within(
                items,
                values,
                Arrays.stream(nodes).sum() + layers - 1,
                Arrays.stream(nodes).sum() + layers - 1);
        List<Activation> activations = new ArrayList<>();
        for (int number : items.integers("activations", layers - 1)) {
            activations.add(Activation.ofAenetNumber(number));
        }
        items.integers("places of weights", layers);
        items.integers("places of values", layers);
        return new Network(nodes, activations, items.reals("weights", weightCount));
    }

    private static int within(AenetItems items, int value, int least, int most) {
        if (value < least || value > most) {
            throw new PotentialFileException(
                    items.place(),
                    least == most
                            ? "expected %d, got %d".formatted(least, value)
                            : "expected %d to %d, got %d".formatted(least, most, value));
        }
        return value;
    }

    private static int whole(AenetItems items, double value) {
        if (value != Math.rint(value) || !(Math.abs(value) < 1000)) {
            throw new PotentialFileException(items.place(), "an order must be a whole number, got " + value);
        }
        return (int) value;
    }

    /** In the binary layout. */
    public static byte[] binary(AenetPotential potential) {
        BinaryWriter out = new BinaryWriter();
        write(potential, out);
        return out.bytes.toByteArray();
    }

    /** In the exchange layout, numbers as the shortest decimals that read back to the same bits. */
    public static String text(AenetPotential potential) {
        TextWriter out = new TextWriter();
        write(potential, out);
        return out.text.toString();
    }

    private interface Writer {
        void integers(int... values);

        void reals(double... values);

        void text(String text, int length);

        void species(List<Species> species);

        void logical(boolean value);
    }

    private static void write(AenetPotential potential, Writer out) {
        writeNetwork(potential.network().network(), out);
        Descriptor descriptor = potential.network().descriptor();
        int features = descriptor.size();
        out.text(potential.description(), DESCRIPTION);
        out.species(List.of(potential.network().species()));
        out.integers(descriptor.environment().size());
        out.species(descriptor.environment());
        out.reals(potential.leastDistance());
        out.reals(descriptor.cutoff());
        out.text("Chebyshev", BASIS);
        out.integers(features);
        out.integers(PARAMETERS);
        out.integers(new int[features]);
        double[] parameters = new double[PARAMETERS * features];
        parameters[0] = descriptor.radialCutoff();
        parameters[1] = descriptor.radialOrder();
        parameters[2] = descriptor.angularCutoff();
        parameters[3] = descriptor.angularOrder();
        out.reals(parameters);
        out.integers(new int[2 * features]);
        FeatureStatistics statistics = potential.statistics();
        out.integers(statistics.evaluations());
        out.reals(statistics.minimum());
        out.reals(statistics.maximum());
        out.reals(statistics.mean());
        out.reals(statistics.meanSquare());
        AenetTrainingSet set = potential.trainingSet();
        out.text(set.file(), DESCRIPTION);
        out.logical(set.normalized());
        out.reals(potential.network().energyScale());
        out.reals(potential.network().energyShift());
        out.integers(set.types().size());
        out.species(set.types());
        out.reals(set.atomicEnergies());
        out.integers(set.atoms());
        out.integers(set.structures());
        out.reals(set.lowest(), set.highest(), set.mean());
    }

    private static void writeNetwork(Network network, Writer out) {
        int layers = network.layers();
        int[] nodes = network.sizes();
        int[] weightPlaces = new int[layers];
        int[] valuePlaces = new int[layers];
        for (int l = 1; l < layers; l++) {
            weightPlaces[l] = weightPlaces[l - 1] + (nodes[l - 1] + 1) * nodes[l];
            valuePlaces[l] = valuePlaces[l - 1] + nodes[l - 1] + 1;
        }
        out.integers(layers);
        out.integers(Arrays.stream(nodes).max().orElseThrow());
        out.integers(network.weightCount());
        out.integers(valuePlaces[layers - 1] + nodes[layers - 1]);
        out.integers(nodes);
        out.integers(
                network.activations().stream().mapToInt(Activation::aenetNumber).toArray());
        out.integers(weightPlaces);
        out.integers(valuePlaces);
        out.reals(network.weights());
    }

    private static final class BinaryWriter implements Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private void record(ByteBuffer payload) {
            byte[] mark = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(payload.capacity())
                    .array();
            bytes.writeBytes(mark);
            bytes.writeBytes(payload.array());
            bytes.writeBytes(mark);
        }

        @Override
        public void integers(int... values) {
            ByteBuffer payload = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            payload.asIntBuffer().put(values);
            record(payload);
        }

        @Override
        public void reals(double... values) {
            ByteBuffer payload = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            payload.asDoubleBuffer().put(values);
            record(payload);
        }

        @Override
        public void text(String text, int length) {
            record(ByteBuffer.wrap(padded(text, length).getBytes(StandardCharsets.ISO_8859_1)));
        }

        @Override
        public void species(List<Species> species) {
            String symbols = species.stream().map(s -> padded(s.symbol(), 2)).collect(Collectors.joining());
            record(ByteBuffer.wrap(symbols.getBytes(StandardCharsets.ISO_8859_1)));
        }

        @Override
        public void logical(boolean value) {
            integers(value ? 1 : 0);
        }

        private static String padded(String text, int length) {
            return text.length() > length ? text.substring(0, length) : text + " ".repeat(length - text.length());
        }
    }

    private static final class TextWriter implements Writer {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void integers(int... values) {
            line(Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        }

        @Override
        public void reals(double... values) {
            line(Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
        }

        @Override
        public void text(String value, int length) {
            line(value.length() > length ? value.substring(0, length) : value);
        }

        @Override
        public void species(List<Species> species) {
            line(species.stream().map(Species::symbol).collect(Collectors.joining(" ")));
        }

        @Override
        public void logical(boolean value) {
            line(value ? "T" : "F");
        }

        private void line(String value) {
            text.append(value).append('\n');
        }
    }
}
