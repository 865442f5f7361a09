/** The agent beside the cluster: claims, journals, runs, beats, reports. */
@NullMarked
package org.glassmap.worker;

import org.jspecify.annotations.NullMarked;
