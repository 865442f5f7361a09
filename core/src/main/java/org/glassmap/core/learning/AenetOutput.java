package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Species;

/** Takes the items of ænet's files in their order and lays them down in one of the layouts. */
interface AenetOutput {

    void integer(int value);

    void integers(int... values);

    void real(double value);

    /** Numbers that ænet writes together, as one array. */
    void reals(double... values);

    /** Numbers that ænet writes together, as a list of single ones. */
    void list(double... values);

    /** @param length of the field in the binary layout */
    void text(String text, int length, boolean padded);

    void species(List<Species> species);

    void logical(boolean value);

    /** The block {@code sfenv}, all 0: the layouts disagree on its length. */
    void featureEnvironments(int environment, int features);
}
