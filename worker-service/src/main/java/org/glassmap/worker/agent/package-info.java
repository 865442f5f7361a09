/** The agent: claims, runs, beats, reports. */
@NullMarked
package org.glassmap.worker.agent;

import org.jspecify.annotations.NullMarked;
