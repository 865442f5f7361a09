package org.glassmap.standalone.supervision;

/** Tells a process that works from one that merely lives: stopped, deadlocked, without memory to go on with. */
@FunctionalInterface
interface Pulse {

    /** Looks once, for some seconds at most. @return whether there was a sign of life since the last look */
    boolean isFelt();
}
