package org.glassmap.benchmarks.aenet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * ænet's library, called as {@code aenet.h} says. It keeps one potential in the process: there can be one of these at a
 * time.
 */
final class AenetLibrary implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private final MethodHandle finish;
    private final MethodHandle energy;
    private final MethodHandle energyAndForces;
    private final MemorySegment status;

    /** @param potentials a file of each species, in order */
    AenetLibrary(Path library, List<Species> species, List<Path> potentials) {
        keepFreedMemory();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
        Linker linker = Linker.nativeLinker();
        this.status = arena.allocate(JAVA_INT);
        this.finish = linker.downcallHandle(symbols.findOrThrow("aenet_final"), FunctionDescriptor.ofVoid(ADDRESS));
        this.energy = linker.downcallHandle(
                symbols.findOrThrow("aenet_atomic_energy"),
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        this.energyAndForces = linker.downcallHandle(
                symbols.findOrThrow("aenet_atomic_energy_and_forces"),
                FunctionDescriptor.ofVoid(
                        ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS,
                        ADDRESS));
        MethodHandle begin = linker.downcallHandle(
                symbols.findOrThrow("aenet_init"), FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS));
        MethodHandle load = linker.downcallHandle(
                symbols.findOrThrow("aenet_load_potential"), FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS));
        MemorySegment names = arena.allocate(ADDRESS, species.size());
        for (int s = 0; s < species.size(); s++) {
            names.setAtIndex(ADDRESS, s, arena.allocateFrom(species.get(s).symbol()));
        }
        call(begin, species.size(), names, status);
        for (int s = 0; s < species.size(); s++) {
            call(load, s + 1, arena.allocateFrom(potentials.get(s).toString()), status);
        }
    }

    /**
     * ænet allocates and frees megabytes for every atom. In a program of its own the C library soon keeps them; in the
     * threads of a Java machine it would give them back each time, and ænet would look half as fast as it is.
     */
    private static void keepFreedMemory() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("mallopt").ifPresent(function -> {
            MethodHandle set = linker.downcallHandle(function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
            int trimThreshold = -1;
            int mmapThreshold = -3;
            try {
                int mapped = (int) set.invokeExact(mmapThreshold, 32 << 20);
                int trimmed = (int) set.invokeExact(trimThreshold, 1 << 30);
                if (mapped != 1 || trimmed != 1) {
                    throw new IllegalStateException("mallopt refuses");
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw notCallable(e);
            }
        });
    }

    /** What ænet is handed for a structure: positions, types and the neighbours of every atom, as it wants them. */
    final class Problem {

        private final int atoms;
        private final int[] types;
        private final MemorySegment[] centres;
        private final MemorySegment[] neighbours;
        private final MemorySegment[] neighbourTypes;
        private final MemorySegment[] neighbourAtoms;
        private final int[] counts;
        private final MemorySegment atomEnergy = arena.allocate(JAVA_DOUBLE);
        private final MemorySegment forces;

        Problem(Structure structure, List<Species> species, double cutoff) {
            this.atoms = structure.size();
            this.types = new int[atoms];
            this.counts = new int[atoms];
            this.centres = new MemorySegment[atoms];
            this.neighbours = new MemorySegment[atoms];
            this.neighbourTypes = new MemorySegment[atoms];
            this.neighbourAtoms = new MemorySegment[atoms];
            this.forces = arena.allocate(JAVA_DOUBLE, 3L * atoms);
            NeighbourList list = NeighbourList.of(structure, cutoff);
            for (int i = 0; i < atoms; i++) {
                types[i] = species.indexOf(structure.species(i)) + 1;
            }
            for (int i = 0; i < atoms; i++) {
                fill(structure, list, i);
            }
        }

        private void fill(Structure structure, NeighbourList list, int i) {
            counts[i] = list.count(i);
            centres[i] = arena.allocate(JAVA_DOUBLE, 3);
            neighbours[i] = arena.allocate(JAVA_DOUBLE, 3L * counts[i]);
            neighbourTypes[i] = arena.allocate(JAVA_INT, counts[i]);
            neighbourAtoms[i] = arena.allocate(JAVA_INT, counts[i]);
            for (int axis = 0; axis < 3; axis++) {
                centres[i].setAtIndex(JAVA_DOUBLE, axis, structure.position(i, axis));
            }
            for (int n = 0; n < counts[i]; n++) {
                int k = list.start(i) + n;
                int j = list.neighbour(k);
                neighbours[i].setAtIndex(JAVA_DOUBLE, 3L * n, structure.position(i, 0) + list.dx(k));
                neighbours[i].setAtIndex(JAVA_DOUBLE, 3L * n + 1, structure.position(i, 1) + list.dy(k));
                neighbours[i].setAtIndex(JAVA_DOUBLE, 3L * n + 2, structure.position(i, 2) + list.dz(k));
                neighbourTypes[i].setAtIndex(JAVA_INT, n, types[j]);
                neighbourAtoms[i].setAtIndex(JAVA_INT, n, j + 1);
            }
        }

        /** eV, of the whole. */
        double energy() {
            double sum = 0;
            try {
                for (int i = 0; i < atoms; i++) {
                    energy.invokeExact(
                            centres[i], types[i], counts[i], neighbours[i], neighbourTypes[i], atomEnergy, status);
                    requireFine();
                    sum += atomEnergy.get(JAVA_DOUBLE, 0);
                }
            } catch (Throwable e) {
                throw notCallable(e);
            }
            return sum;
        }

        /** eV, of the whole; {@link #forces()} has the rest. */
        double energyAndForces() {
            forces.fill((byte) 0);
            double sum = 0;
            try {
                for (int i = 0; i < atoms; i++) {
                    energyAndForces.invokeExact(
                            centres[i],
                            types[i],
                            i + 1,
                            counts[i],
                            neighbours[i],
                            neighbourTypes[i],
                            neighbourAtoms[i],
                            atoms,
                            atomEnergy,
                            forces,
                            status);
                    requireFine();
                    sum += atomEnergy.get(JAVA_DOUBLE, 0);
                }
            } catch (Throwable e) {
                throw notCallable(e);
            }
            return sum;
        }

        /** {@code [3n]}, eV/Å, a copy. */
        double[] forces() {
            return forces.toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    private void call(MethodHandle function, Object... arguments) {
        try {
            function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw notCallable(e);
        }
        requireFine();
    }

    private static IllegalStateException notCallable(Throwable cause) {
        return new IllegalStateException("ænet's library cannot be called", cause);
    }

    private void requireFine() {
        int code = status.get(JAVA_INT, 0);
        if (code != 0) {
            throw new IllegalStateException("ænet's library answers with status " + code);
        }
    }

    @Override
    public void close() {
        call(finish, status);
        arena.close();
    }
}
