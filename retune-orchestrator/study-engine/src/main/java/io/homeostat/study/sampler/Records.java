package io.homeostat.study.sampler;

import io.homeostat.study.pareto.NonDominated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which values, one after the other, are better than all before. */
interface Records {
    /** Adds values, less being better, and says whether they are a record. */
    boolean add(double[] values);

    /** Of one objective. */
    final class Best implements Records {
        private double best = Double.POSITIVE_INFINITY;

        @Override
        public boolean add(double[] values) {
            boolean record = values[0] < best;
            best = Math.min(best, values[0]);
            return record;
        }
    }

    /** Of several: what no value before dominates or equals. */
    final class Front implements Records {
        private final List<double[]> front = new ArrayList<>();

        @Override
        public boolean add(double[] values) {
            boolean record = Double.isFinite(values[0])
                    && front.stream()
                            .noneMatch(other -> Arrays.equals(other, values) || NonDominated.dominates(other, values));
            if (record) {
                front.removeIf(other -> NonDominated.dominates(values, other));
                front.add(values);
            }
            return record;
        }
    }
}
