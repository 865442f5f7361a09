package org.glassmap.contract.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a token allows. On the wire in lower case. */
public enum Scope {
    /** Makes projects and tokens, and acts in every project. */
    ADMIN,
    /** Reads what its projects see. */
    READ,
    /** Makes things in its projects. */
    WRITE,
    /** A worker's: claims calculations, reports on them, and reads what its leases name; nothing else. */
    AGENT,
    /** A service's own, for work it does on behalf of a project. Only the gateway gives it, never for a stored token. */
    SERVICE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Scope ofWireName(String name) {
        for (Scope scope : values()) {
            if (scope.wireName().equals(name)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("a scope is one of admin, read, write, agent, service, got " + name);
    }
}
