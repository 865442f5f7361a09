/** Starting, watching and cancelling what an engine asks to be run. */
@NullMarked
package org.glassmap.worker.dispatch;

import org.jspecify.annotations.NullMarked;
