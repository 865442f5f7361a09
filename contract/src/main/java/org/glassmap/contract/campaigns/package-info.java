/** Campaigns: label, train, sample, select, until a phase diagram stands. */
@NullMarked
package org.glassmap.contract.campaigns;

import org.jspecify.annotations.NullMarked;
