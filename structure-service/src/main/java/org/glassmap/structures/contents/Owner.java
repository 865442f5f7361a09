package org.glassmap.structures.contents;

/**
 * For whom something is done.
 *
 * @param project id
 * @param maker the user or token that acts
 */
public record Owner(String project, String maker) {}
