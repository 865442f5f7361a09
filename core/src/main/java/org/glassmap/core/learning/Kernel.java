package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.numerics.Vectors;

/** Ways to evaluate a potential. All agree to rounding; each gives the same bits on every machine it runs on. */
public enum Kernel {
    /** Plain loops, on any Java virtual machine; at speed after fewer evaluations. */
    PLAIN("plain-3") {
        @Override
        CentreKernel centre(int place, Species species, List<NetworkPotential> members) {
            return new PlainCentre(place, species, members);
        }
    },
    /** Eight atoms side by side in a processor's vectors. Needs {@code --add-modules jdk.incubator.vector}. */
    LANES("lanes8-2") {
        @Override
        CentreKernel centre(int place, Species species, List<NetworkPotential> members) {
            return new LaneCentre(place, species, members);
        }
    };

    private final String id;

    Kernel(String id) {
        this.id = id;
    }

    /** Stored with what it computed: the same id means the same bits. */
    public String id() {
        return id;
    }

    /** Whether this virtual machine has what it needs. */
    public boolean available() {
        return this == PLAIN || Vectors.available();
    }

    /** The fastest that this virtual machine has. */
    public static Kernel best() {
        return LANES.available() ? LANES : PLAIN;
    }

    /** The fastest that this virtual machine has to learn with. */
    public static Kernel bestFor(LossSettings loss) {
        return best().learning(loss);
    }

    /** What a training goes through that was given this one: forces are learnt by {@link #PLAIN} only. */
    Kernel learning(LossSettings loss) {
        return loss.energiesAlone() ? this : PLAIN;
    }

    /**
     * The one that something was computed with before.
     *
     * @throws IllegalArgumentException saying which is needed and which are here, if it is none of this virtual machine's
     */
    public static Kernel require(String id) {
        List<Kernel> here = Arrays.stream(values()).filter(Kernel::available).toList();
        return here.stream()
                .filter(kernel -> kernel.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "kernel %s is needed to go on with the same bits; this machine has %s"
                                .formatted(id, here.stream().map(Kernel::id).collect(Collectors.joining(", ")))));
    }

    /** @param place among the centre species, whose kinds of neighbours a share has there */
    abstract CentreKernel centre(int place, Species species, List<NetworkPotential> members);
}
