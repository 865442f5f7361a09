package org.glassmap.structures.contents;

/** What the leases of an agent name: all that its token may read. */
public interface LeasedContents {

    /** Whether a lease that an agent of this user's holds at present names it. */
    boolean name(String user, ContentId id);
}
