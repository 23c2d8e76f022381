package io.homeostat.rollout.sequential;

import java.util.Collections;
import java.util.List;

/** The mixture of several wealths that are kept as logarithms. */
final class LogMixture {
    private LogMixture() {}

    static List<Double> even(int size) {
        return Collections.nCopies(size, 0.0);
    }

    /** ln(mean(exp(logs))), without overflow. */
    static double logMean(List<Double> logs) {
        double highest = Collections.max(logs);
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - highest);
        }
        return highest + Math.log(sum / logs.size());
    }

    /** ln(sum(weight * exp(log))), without overflow; the weights sum to one. */
    static double logMean(List<Double> logs, List<Double> weights) {
        double highest = Collections.max(logs);
        double sum = 0;
        for (int i = 0; i < logs.size(); i++) {
            sum += weights.get(i) * Math.exp(logs.get(i) - highest);
        }
        return highest + Math.log(sum);
    }

    static List<Double> checked(String name, List<Double> logs, int size) {
        if (logs.size() != size) {
            throw new IllegalArgumentException(
                    name + ": " + logs.size() + " wealths where " + size + " are kept. Begin with a fresh state.");
        }
        for (double log : logs) {
            if (!Double.isFinite(log)) {
                throw new IllegalArgumentException(name + ": " + log + " is no logarithm of a wealth.");
            }
        }
        return List.copyOf(logs);
    }
}
