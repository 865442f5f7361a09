package org.glassmap.contract.access;

import java.time.Instant;

/**
 * A signed token for the inside.
 *
 * @param token compact JWT, for {@code Authorization: Bearer …} between services
 */
public record ExchangedToken(String token, Instant expires) {
    @Override
    public String toString() {
        return "ExchangedToken[expires=" + expires + "]"; // the token must not get into a log
    }
}
