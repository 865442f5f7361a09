package org.glassmap.benchmarks.measuring;

import java.util.List;
import java.util.function.Consumer;

/** A part of the table that is measured together. */
public interface Section {

    /** By which it is asked for. */
    String name();

    /** One line about it. */
    String description();

    /** @param told of progress and of what is left out, for people */
    List<Row> measure(Effort effort, Consumer<String> told);

    /** Whether it takes so long that it is measured only where it is named. */
    default boolean onlyByName() {
        return false;
    }
}
