package org.glassmap.core.learning;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * ænet's training-set file ({@code .train}, and {@code .train.scaled} with energies in network units): the descriptors
 * of all atoms of all structures, as {@code generate.x} leaves them for {@code train.x}. Binary, read and written byte
 * for byte. It has positions and forces but no lattice: structures do not come back from it.
 *
 * @param types the order in which atoms name their species
 * @param atomicEnergies eV, by type
 * @param normalized whether energies are scaled
 * @param scale of the energies, 1/eV, and
 * @param shift eV per atom; 1 and 0 where they are not
 * @param energies as the file says
 * @param setups one per type, or none
 */
public record AenetTrainingFile(
        List<Species> types,
        List<Double> atomicEnergies,
        boolean normalized,
        double scale,
        double shift,
        List<Entry> entries,
        Energies energies,
        List<AenetSetup> setups) {

    /** A file larger than this is refused before it is read to its end. */
    public static final int MAX_BYTES = 1 << 30;

    private static final int MAX_PATH = 4096;
    private static final int MAX_ATOMS = 1_000_000;

    /**
     * One structure.
     *
     * @param name the file it came from
     * @param species how many different ones it has
     * @param energy of cohesion, of the whole structure, eV, or scaled
     */
    public record Entry(String name, int species, double energy, List<Atom> atoms) {

        public Entry {
            atoms = List.copyOf(atoms);
            if (atoms.isEmpty()) {
                throw new IllegalArgumentException("%s has no atom".formatted(name));
            }
        }
    }

    /** Of all structures, per atom. */
    public record Energies(double mean, double least, double most) {

        static Energies of(List<Entry> entries) {
            double sum = 0;
            double least = entries.isEmpty() ? 0 : Double.POSITIVE_INFINITY;
            double most = entries.isEmpty() ? 0 : Double.NEGATIVE_INFINITY;
            for (Entry entry : entries) {
                double perAtom = entry.energy / entry.atoms.size();
                sum += perAtom;
                least = Math.min(least, perAtom);
                most = Math.max(most, perAtom);
            }
            return new Energies(sum / Math.max(1, entries.size()), least, most);
        }
    }

    /** One atom. Holds the arrays it is given.
     *
     * @param type its place among the types
     * @param position {@code [3]}, Å
     * @param force {@code [3]}, eV/Å
     * @param features not scaled
     */
    public record Atom(int type, double[] position, double[] force, double[] features) {}

    public AenetTrainingFile {
        types = List.copyOf(types);
        atomicEnergies = List.copyOf(atomicEnergies);
        entries = List.copyOf(entries);
        setups = List.copyOf(setups);
        if (types.size() != atomicEnergies.size()) {
            throw new IllegalArgumentException(
                    "%d types and %d atomic energies".formatted(types.size(), atomicEnergies.size()));
        }
        if (!setups.isEmpty()
                && !setups.stream().map(AenetSetup::species).toList().equals(types)) {
            throw new IllegalArgumentException("set-ups must stand in the order of the types, " + types);
        }
        for (Entry entry : entries) {
            for (Atom atom : entry.atoms) {
                if (atom.type < 0 || atom.type >= types.size()) {
                    throw new IllegalArgumentException(
                            "%s: an atom of type %d, there are %d".formatted(entry.name, atom.type + 1, types.size()));
                }
                int size = setups.isEmpty()
                        ? atom.features.length
                        : setups.get(atom.type).descriptor().size();
                if (atom.features.length != size) {
                    throw new IllegalArgumentException("%s: an atom with %d features, its set-up has %d"
                            .formatted(entry.name, atom.features.length, size));
                }
            }
        }
    }

    /** @throws PotentialFileException naming record, value and remedy */
    public static AenetTrainingFile read(InputStream in) throws IOException {
        byte[] file = in.readNBytes(MAX_BYTES);
        if (file.length == MAX_BYTES) {
            throw new PotentialFileException("byte " + MAX_BYTES, "the file goes on; at most 1 GB is read");
        }
        return read(file);
    }

    /** @throws PotentialFileException naming record, value and remedy */
    public static AenetTrainingFile read(byte[] file) {
        AenetItems items = new AenetBinaryItems(file);
        try {
            return read(items);
        } catch (PotentialFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PotentialFileException(items.place(), String.valueOf(e.getMessage()), e);
        }
    }

    private static AenetTrainingFile read(AenetItems items) {
        int count = AenetItems.within(items, items.integer("types"), 1, AenetSetup.MAX_SPECIES);
        int structures = AenetItems.within(items, items.integer("structures"), 0, Integer.MAX_VALUE);
        List<Species> types = items.species("types", count);
        double[] atomicEnergies = items.reals("atomic energies", count);
        boolean normalized = items.logical("normalized");
        double scale = items.real("energy scale");
        double shift = items.real("energy shift");
        List<Entry> entries = new ArrayList<>();
        int atoms = 0;
        for (int s = 0; s < structures; s++) {
            Entry entry = entry(items, count);
            entries.add(entry);
            atoms += entry.atoms.size();
        }
        AenetItems.within(items, items.integer("atoms"), atoms, atoms);
        double[] energies = items.reals("energies", 3);
        List<AenetSetup> setups = new ArrayList<>();
        if (items.logical("set-ups")) {
            for (int t = 0; t < count; t++) {
                AenetItems.within(items, items.integer("type"), t + 1, t + 1);
                setups.add(AenetSetup.read(items, 0));
            }
        }
        items.requireEnd();
        return new AenetTrainingFile(
                types,
                Arrays.stream(atomicEnergies).boxed().toList(),
                normalized,
                scale,
                shift,
                entries,
                new Energies(energies[0], energies[1], energies[2]),
                setups);
    }

    private static Entry entry(AenetItems items, int types) {
        int length = AenetItems.within(items, items.integer("length of the path"), 0, MAX_PATH);
        String name = items.text("path", length);
        int[] counts = items.integers("atoms and species", 2);
        AenetItems.within(items, counts[0], 1, MAX_ATOMS);
        double energy = items.real("energy");
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < counts[0]; i++) {
            int type = AenetItems.within(items, items.integer("type of an atom"), 1, types) - 1;
            double[] position = items.reals("position", 3);
            double[] force = items.reals("force", 3);
            int features = AenetItems.within(items, items.integer("nsf"), 1, 100_000);
            atoms.add(new Atom(type, position, force, items.reals("features", features)));
        }
        return new Entry(name, counts[1], energy, atoms);
    }

    /** The binary file. */
    public byte[] bytes() {
        AenetBinaryOutput out = new AenetBinaryOutput();
        out.integer(types.size());
        out.integer(entries.size());
        out.species(types);
        out.reals(atomicEnergies.stream().mapToDouble(Double::doubleValue).toArray());
        out.logical(normalized);
        out.real(scale);
        out.real(shift);
        int atoms = 0;
        for (Entry entry : entries) {
            write(entry, out);
            atoms += entry.atoms.size();
        }
        out.integer(atoms);
        out.reals(energies.mean, energies.least, energies.most);
        out.logical(!setups.isEmpty());
        for (int t = 0; t < setups.size(); t++) {
            out.integer(t + 1);
            setups.get(t).write(out);
        }
        return out.bytes();
    }

    private static void write(Entry entry, AenetOutput out) {
        out.integer(entry.name.length());
        out.text(entry.name, entry.name.length(), false);
        out.integers(entry.atoms.size(), entry.species);
        out.real(entry.energy);
        for (Atom atom : entry.atoms) {
            out.integer(atom.type + 1);
            out.reals(atom.position);
            out.reals(atom.force);
            out.integer(atom.features.length);
            out.reals(atom.features);
        }
    }

    /**
     * The file that {@code generate.x} would write, but for what it gets wrong: all neighbours are found, and the
     * statistics are exact.
     *
     * @param descriptors one per type, in their order
     * @param atomicEnergies eV, by type; taken off the energies
     * @param frames with energies, and forces where they have them, else 0
     * @param names of the frames
     */
    public static AenetTrainingFile of(
            List<Species> types,
            List<WeightedChebyshev> descriptors,
            List<Double> atomicEnergies,
            List<TrainingFrame> frames,
            List<String> names) {
        if (descriptors.size() != types.size() || names.size() != frames.size()) {
            throw new IllegalArgumentException("%d descriptors for %d types, %d names for %d frames"
                    .formatted(descriptors.size(), types.size(), names.size(), frames.size()));
        }
        List<DescriptorCalculator> calculators =
                descriptors.stream().map(DescriptorCalculator::new).toList();
        List<Entry> entries = new ArrayList<>();
        List<List<double[]>> seen = new ArrayList<>();
        types.forEach(type -> seen.add(new ArrayList<>()));
        for (int k = 0; k < frames.size(); k++) {
            entries.add(entry(frames.get(k), names.get(k), types, calculators, atomicEnergies, seen));
        }
        double leastDistance = leastDistance(frames);
        List<AenetSetup> setups = new ArrayList<>();
        for (int t = 0; t < types.size(); t++) {
            setups.add(new AenetSetup(
                    "written by Glassmap$$",
                    types.get(t),
                    descriptors.get(t),
                    leastDistance,
                    statistics(seen.get(t), descriptors.get(t).size())));
        }
        return new AenetTrainingFile(types, atomicEnergies, false, 1, 0, entries, Energies.of(entries), setups);
    }

    /** The usual one, or the shortest distance where that is shorter. */
    private static double leastDistance(List<TrainingFrame> frames) {
        double least = AenetSetup.USUAL_LEAST_DISTANCE;
        for (TrainingFrame frame : frames) {
            NeighbourList close = NeighbourList.of(frame.structure(), AenetSetup.USUAL_LEAST_DISTANCE);
            for (int i = 0; i < close.size(); i++) {
                for (int k = close.start(i); k < close.end(i); k++) {
                    least = Math.min(least, close.distance(k));
                }
            }
        }
        return least;
    }

    private static Entry entry(
            TrainingFrame frame,
            String name,
            List<Species> types,
            List<DescriptorCalculator> calculators,
            List<Double> atomicEnergies,
            List<List<double[]>> seen) {
        Structure structure = frame.structure();
        @Nullable double[][][] features = new double[types.size()][][];
        double[] forces = frame.forces().orElseGet(() -> new double[3 * structure.size()]);
        double energy = frame.energy();
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < structure.size(); i++) {
            int type = types.indexOf(structure.species(i));
            if (type < 0) {
                throw new IllegalArgumentException(
                        "%s: atom %d is %s, which is none of %s".formatted(name, i + 1, structure.species(i), types));
            }
            double[] @Nullable [] all = features[type];
            if (all == null) {
                all = calculators.get(type).features(structure);
                features[type] = all;
            }
            energy -= atomicEnergies.get(type);
            seen.get(type).add(all[i]);
            double[] position = {structure.position(i, 0), structure.position(i, 1), structure.position(i, 2)};
            atoms.add(new Atom(type, position, Arrays.copyOfRange(forces, 3 * i, 3 * i + 3), all[i]));
        }
        int species = (int) structure.species().stream().distinct().count();
        return new Entry(name, species, energy, atoms);
    }

    private static FeatureStatistics statistics(List<double[]> seen, int size) {
        double[] least = new double[size];
        double[] most = new double[size];
        double[] mean = new double[size];
        double[] square = new double[size];
        for (int f = 0; f < size && !seen.isEmpty(); f++) {
            least[f] = Double.POSITIVE_INFINITY;
            most[f] = Double.NEGATIVE_INFINITY;
            for (double[] features : seen) {
                least[f] = Math.min(least[f], features[f]);
                most[f] = Math.max(most[f], features[f]);
                mean[f] += features[f] / seen.size();
                square[f] += features[f] * features[f] / seen.size();
            }
        }
        return new FeatureStatistics(seen.size(), least, most, mean, square);
    }
}
