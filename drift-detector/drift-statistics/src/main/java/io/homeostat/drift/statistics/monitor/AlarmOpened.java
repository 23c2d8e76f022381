package io.homeostat.drift.statistics.monitor;

/** The model's one alarm was opened. */
public record AlarmOpened(Evidence evidence) {}
