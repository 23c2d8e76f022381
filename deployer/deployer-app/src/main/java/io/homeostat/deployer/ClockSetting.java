package io.homeostat.deployer;

/** The setting {@code homeostat.clock}. */
public enum ClockSetting {
    /** Deadlines and holds also pass while no traffic comes. */
    WALL,
    /** Only events move time. */
    EVENT
}
