package org.glassmap.contract.problems;

import java.net.URI;

/** A kind of failure that callers can tell apart. Enums named {@code …Problem} list those of one part of the wire. */
public interface Problem {
    /** Short, of lower-case words and hyphens, for programs: {@code not-found}. Never changes its meaning. */
    String slug();

    /** The HTTP status that goes with it. */
    int status();

    /** The same for every case of this kind, for people: "There is no such thing". */
    String title();

    /** The {@code type} of the problem document, relative to the address that was asked. */
    default URI type() {
        return URI.create("/problems/" + slug());
    }
}
