package org.glassmap.core.learning;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * ænet's potential files, one per species ({@code Li.15t-15t.nn}, {@code ….nn.ascii}): the binary one, and the three
 * layouts of the text one. Written are the binary one, the exchange layout, which {@code nnASCII2bin.x}, aenet-PyTorch
 * and aenet-python read, and ænet's own. The third, of {@code nnASCII2bin.x --to-ascii}, is read only: that tool cannot
 * read what it writes for several species. Numbers come back bit for bit.
 */
public final class AenetPotentialFile {

    /** A file larger than this is refused before it is read to its end. */
    public static final int MAX_BYTES = 64 << 20;

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
        return read(file, AngularConvention.COSINE);
    }

    /**
     * As {@link #read(byte[])}, from a file of a given version of ænet: the format does not tell which.
     *
     * @throws PotentialFileException also if the file's statistics cannot be of that convention
     */
    public static AenetPotential read(byte[] file, AngularConvention convention) {
        if (file.length == 0) {
            throw new PotentialFileException("byte 0", "the file is empty");
        }
        boolean binary = Arrays.equals(file, 0, Math.min(4, file.length), new byte[] {4, 0, 0, 0}, 0, 4);
        AenetItems items = binary ? new AenetBinaryItems(file) : new AenetTextItems(file);
        try {
            return read(items, convention);
        } catch (PotentialFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PotentialFileException(items.place(), String.valueOf(e.getMessage()), e);
        }
    }

    private static AenetPotential read(AenetItems items, AngularConvention convention) {
        Network network = network(items);
        AenetSetup setup = AenetSetup.read(items, network.inputs());
        return potential(items, network, setup, convention);
    }

    private static AenetPotential potential(
            AenetItems items, Network network, AenetSetup setup, AngularConvention convention) {
        String file = items.text("training set", AenetSetup.DESCRIPTION).strip();
        boolean normalized = items.logical("normalized");
        double scale = items.real("energy scale");
        double shift = items.real("energy shift");
        int count = AenetItems.within(items, items.integer("types"), 1, AenetSetup.MAX_SPECIES);
        List<Species> types = items.species("types", count);
        double[] atomicEnergies = items.reals("atomic energies", count);
        int atoms = items.integer("atoms");
        int structures = items.integer("structures");
        double[] energies = items.reals("energies", 3);
        items.requireEnd();
        int type = types.indexOf(setup.species());
        if (type < 0) {
            throw new PotentialFileException(
                    items.place(), "%s is none of the types of the training set, %s".formatted(setup.species(), types));
        }
        convention.requireOf(setup.descriptor(), setup.statistics());
        SpeciesNetwork written = new SpeciesNetwork(
                setup.species(),
                setup.descriptor(),
                setup.statistics().scaling(),
                network,
                scale,
                shift,
                atomicEnergies[type]);
        SpeciesNetwork read = convention.toCosine(written);
        return new AenetPotential(
                read,
                setup.description(),
                setup.leastDistance(),
                convention == AngularConvention.COSINE ? setup.statistics() : FeatureStatistics.of(read.scaling()),
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
        int layers = AenetItems.within(items, items.integer("layers"), 2, 20);
        items.integer("most nodes");
        int weightCount = items.integer("weights");
        int values = items.integer("values");
        int[] nodes = items.integers("nodes", layers);
        for (int n : nodes) {
            AenetItems.within(items, n, 1, Network.MAX_NODES);
        }
        AenetItems.within(items, weightCount, Network.weightCount(nodes), Network.weightCount(nodes));
        AenetItems.within(
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

    /** In the binary layout. */
    public static byte[] binary(AenetPotential potential) {
        AenetBinaryOutput out = new AenetBinaryOutput();
        write(potential, out);
        return out.bytes();
    }

    /** In the exchange layout, numbers as the shortest decimals that read back to the same bits. */
    public static String text(AenetPotential potential) {
        AenetTextOutput out = new AenetTextOutput();
        write(potential, out);
        return out.text();
    }

    /** In ænet's own layout, byte for byte as its {@code save_…_ASCII} routines write it, built with gfortran. */
    public static String nativeText(AenetPotential potential) {
        AenetNativeOutput out = new AenetNativeOutput();
        write(potential, out);
        return out.text();
    }

    private static void write(AenetPotential potential, AenetOutput out) {
        writeNetwork(potential.network().network(), out);
        potential.setup().write(out);
        AenetTrainingSet set = potential.trainingSet();
        out.text(set.file(), AenetSetup.DESCRIPTION, false);
        out.logical(set.normalized());
        out.real(potential.network().energyScale());
        out.real(potential.network().energyShift());
        out.integer(set.types().size());
        out.species(set.types());
        out.reals(set.atomicEnergies());
        out.integer(set.atoms());
        out.integer(set.structures());
        out.list(set.lowest(), set.highest(), set.mean());
    }

    private static void writeNetwork(Network network, AenetOutput out) {
        int layers = network.layers();
        int[] nodes = network.sizes();
        int[] weightPlaces = new int[layers];
        int[] valuePlaces = new int[layers];
        for (int l = 1; l < layers; l++) {
            weightPlaces[l] = weightPlaces[l - 1] + (nodes[l - 1] + 1) * nodes[l];
            valuePlaces[l] = valuePlaces[l - 1] + nodes[l - 1] + 1;
        }
        out.integer(layers);
        out.integer(Arrays.stream(nodes).max().orElseThrow());
        out.integer(network.weightCount());
        out.integer(valuePlaces[layers - 1] + nodes[layers - 1]);
        out.integers(nodes);
        out.integers(
                network.activations().stream().mapToInt(Activation::aenetNumber).toArray());
        out.integers(weightPlaces);
        out.integers(valuePlaces);
        out.reals(network.weights());
    }
}
