package org.glassmap.contract.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in the listing's own order.
 *
 * @param items at most the limit asked for
 * @param next opaque cursor of the next page; absent on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {}
