/**
 * Who asks. The gateway turns the token that came in from outside into a short-lived signed one; every server behind it
 * checks that against the gateway's keys, and trusts nothing else.
 */
@NullMarked
package org.glassmap.support.identity;

import org.jspecify.annotations.NullMarked;
