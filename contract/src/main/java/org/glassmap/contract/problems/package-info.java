/** What can go wrong, as callers see it: a slug, a status and a title for every kind of problem document. */
@NullMarked
package org.glassmap.contract.problems;

import org.jspecify.annotations.NullMarked;
