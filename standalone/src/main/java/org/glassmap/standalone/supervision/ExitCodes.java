package org.glassmap.standalone.supervision;

/** How our processes say why they ended. */
public final class ExitCodes {
    public static final int FAILED = 1;

    /** Not everything is up. */
    public static final int NOT_UP = 3;

    /** Another process does this already. */
    public static final int ALREADY_RUNNING = 75;

    private ExitCodes() {}
}
