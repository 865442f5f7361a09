package org.glassmap.contract.access;

/**
 * A token just made.
 *
 * @param secret goes into {@code Authorization: Bearer …}; told once, stored nowhere
 */
public record IssuedToken(String secret, TokenDocument token) {
    @Override
    public String toString() {
        return "IssuedToken[" + token + "]"; // the secret must not get into a log
    }
}
