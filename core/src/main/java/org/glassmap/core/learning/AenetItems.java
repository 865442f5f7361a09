package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Species;

/** The items of a potential file in their order, whatever the layout. Each method takes the next one. */
interface AenetItems {

    /** Where the item that was last taken stands, for messages. */
    String place();

    int integer(String what);

    int[] integers(String what, int count);

    double real(String what);

    double[] reals(String what, int count);

    boolean logical(String what);

    /** @param length of the field in the binary layout */
    String text(String what, int length);

    List<Species> species(String what, int count);

    /** The blocks {@code sfenv} and {@code neval}: only the text layouts disagree on the length of the first.
     *
     * @return neval
     */
    int evaluations(int environment, int features);

    void requireEnd();

    /** @throws PotentialFileException at this place if the value is outside */
    static int within(AenetItems items, int value, int least, int most) {
        if (value < least || value > most) {
            throw new PotentialFileException(
                    items.place(),
                    least == most
                            ? "expected %d, got %d".formatted(least, value)
                            : "expected %d to %d, got %d".formatted(least, most, value));
        }
        return value;
    }
}
