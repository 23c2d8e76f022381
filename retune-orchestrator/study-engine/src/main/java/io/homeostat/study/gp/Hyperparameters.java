package io.homeostat.study.gp;

/**
 * What is to be known of a process before it sees values; mean and variance follow from the values.
 *
 * @param lengths the length scale of each coordinate
 * @param noise the variance of the noise, as a share of the variance of the function
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Hyperparameters(double[] lengths, double noise) {}
