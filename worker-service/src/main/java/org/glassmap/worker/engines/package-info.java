/** What calculates: each engine writes its inputs, reads its outputs and judges whether they may be believed. */
@NullMarked
package org.glassmap.worker.engines;

import org.jspecify.annotations.NullMarked;
