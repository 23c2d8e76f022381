package io.homeostat.study.sampler;

/**
 * A configuration as the densities see it, one entry per tunable parameter.
 *
 * @param place the value on the unit interval; of a categorical parameter the index of the choice
 * @param from start of the stretch that is this value; a stretch without width is a value of a continuous parameter
 * @param width width of that stretch
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
record Point(double[] place, double[] from, double[] width) {}
