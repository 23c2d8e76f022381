package io.homeostat.benchmarks.study;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * Something to be minimised, a little different for each seed, that is the same for all samplers.
 *
 * @param family the group of tasks it is averaged with
 * @param name tells it from others
 * @param space where to search
 * @param instances what there is to minimise, by seed
 */
record Task(String family, String name, Space space, LongFunction<Instance> instances) {

    /**
     * What there is to minimise.
     *
     * @param objective the value of a configuration
     * @param best the least value there is
     * @param unit regret is measured in units of this
     */
    record Instance(ToDoubleFunction<Configuration> objective, double best, double unit) {
        double regret(double value) {
            return Math.max(0, value - best) / unit;
        }
    }
}
