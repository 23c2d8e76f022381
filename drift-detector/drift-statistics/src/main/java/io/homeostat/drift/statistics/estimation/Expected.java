package io.homeostat.drift.statistics.estimation;

/** An expected value and the variance of what it may turn out to be. */
record Expected(double value, double variance) {}
