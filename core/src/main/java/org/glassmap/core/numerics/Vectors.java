package org.glassmap.core.numerics;

import jdk.incubator.vector.DoubleVector;

/** Whether this virtual machine can work on several numbers at once. Asking touches no class that it may not have. */
public final class Vectors {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Width.ofDoubles() >= 4;

    private Vectors() {}

    /** Started with {@code --add-modules jdk.incubator.vector}, on a processor with vectors of four doubles or more. */
    public static boolean available() {
        return AVAILABLE;
    }

    private static final class Width {
        static int ofDoubles() {
            return DoubleVector.SPECIES_PREFERRED.length();
        }
    }
}
