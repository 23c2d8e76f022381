package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import java.util.Arrays;

/**
 * In which unit values of a new task are, by those of earlier ones: one deviation of a task's values near its good end, as a
 * geometric mean over the tasks.
 *
 * @param size the unit, above 0
 * @param logDeviation the deviation of its logarithm over the tasks, at least {@value #LEAST}
 * @param noise the mean variance of the tasks' noise, in squares of their deviations, at least {@value #LEAST_NOISE}
 */
record Units(double size, double logDeviation, double noise) {
    static final double LEAST = 0.3;
    static final double LEAST_NOISE = 0.02;
    private static final double LINEAR = 2;

    /** The unit of the past's tasks with these weights. */
    static Units of(Past past, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double[] logs = past.tasks().stream()
                .mapToDouble(task ->
                        Math.log(Math.max(Double.MIN_NORMAL, task.surrogate().unit())))
                .toArray();
        double mean = 0;
        for (int t = 0; t < logs.length; t++) {
            mean += weights[t] / sum * logs[t];
        }
        double variance = 0;
        double noise = 0;
        for (int t = 0; t < logs.length; t++) {
            noise += weights[t] / sum * past.tasks().get(t).surrogate().noise();
            variance += weights[t] / sum * (logs[t] - mean) * (logs[t] - mean);
        }
        return new Units(Math.exp(mean), Math.max(LEAST, Math.sqrt(variance)), Math.max(LEAST_NOISE, noise));
    }

    /**
     * Values above their least, in this unit; from {@value #LINEAR} on by their logarithm, for how bad a bad value is tells
     * little.
     */
    double[] of(double[] values) {
        double least = Arrays.stream(values).min().orElse(0);
        return Arrays.stream(values)
                .map(value -> value / size - least / size)
                .map(above -> above <= LINEAR ? above : LINEAR * (1 + Math.log(above / LINEAR)))
                .map(above -> Double.isFinite(above) ? above : LINEAR * 1000)
                .toArray();
    }
}
