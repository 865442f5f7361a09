package org.glassmap.support.identity;

/**
 * A POST that changes nothing: what is asked is too long for an address. A reader's token will do. A server declares a
 * bean for each.
 *
 * @param pattern a path with wildcards, such as {@code /v1/potentials/&#42;/predictions}
 */
public record ReadingPost(String pattern) {}
