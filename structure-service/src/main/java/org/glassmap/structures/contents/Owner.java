package org.glassmap.structures.contents;

/**
 * For whom something is done.
 *
 * @param project id
 * @param maker the user or token that acts
 * @param sharesResults whether the project's calculations are also those of other projects that share
 */
public record Owner(String project, String maker, boolean sharesResults) {
    /** In a project that shares. */
    public Owner(String project, String maker) {
        this(project, maker, true);
    }
}
