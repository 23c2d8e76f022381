package io.homeostat.benchmarks.rollout;

import io.homeostat.rollout.routing.Arm;
import java.util.Arrays;

/**
 * Kayenta's judge: per metric the Mann-Whitney test at 98 % between the two versions' values per interval; a metric is
 * high if the shift's lower bound is above a quarter of the estimated shift. The score is the share of metrics that are
 * not high. Below 75 at any of 11 looks the candidate goes back, 95 and more at the last promotes it.
 *
 * <p>Metrics: share of failures, mean latency, and share of wrong answers among the labelled, of what each version served.
 * Two versions that cannot be told apart pass: the rule asks for no proof that the candidate is better.
 */
final class KayentaRule {
    private static final int LOOKS = 11;
    private static final int INTERVALS_PER_LOOK = 4;
    private static final int METRICS = 3;
    private static final double TOLERANCE = .25;
    private static final double CONFIDENT = 2.326;

    private final SimulatedTraffic traffic;
    /** Per metric, version and interval: sum of the values and their count. */
    private final double[][][] sums = new double[METRICS][2][LOOKS * INTERVALS_PER_LOOK];

    private final double[][][] cases = new double[METRICS][2][LOOKS * INTERVALS_PER_LOOK];

    KayentaRule(SimulatedTraffic traffic) {
        this.traffic = traffic;
    }

    Outcome run() {
        int intervals = LOOKS * INTERVALS_PER_LOOK;
        int perInterval = traffic.requests / intervals;
        for (int interval = 0; interval < intervals; interval++) {
            for (int i = interval * perInterval; i < (interval + 1) * perInterval; i++) {
                count(interval, i);
            }
            if ((interval + 1) % INTERVALS_PER_LOOK == 0 && score(interval + 1) < 75) {
                return Outcome.ROLLED_BACK;
            }
        }
        return score(intervals) >= 95 ? Outcome.PROMOTED : Outcome.UNDECIDED;
    }

    private void count(int interval, int i) {
        for (int version = 0; version < 2; version++) {
            if (computed(i, version)) {
                add(0, version, interval, traffic.failed[version][i] ? 1 : 0);
                add(1, version, interval, traffic.millis[version][i]);
            }
        }
        for (int j = traffic.firstLabelAt(i); j >= 0; j = traffic.nextLabelAfter(j)) {
            for (int version = 0; version < 2; version++) {
                if (computed(j, version)) {
                    add(2, version, interval, traffic.wrong[version][j] ? 1 : 0);
                }
            }
        }
    }

    /* What a version served; in shadow both. */
    private boolean computed(int i, int version) {
        return traffic.weight[i] == 0 || (traffic.arm[i] == Arm.CANDIDATE) == (version == 1);
    }

    private void add(int metric, int version, int interval, double value) {
        sums[metric][version][interval] += value;
        cases[metric][version][interval]++;
    }

    private double score(int intervals) {
        int good = 0;
        for (int metric = 0; metric < METRICS; metric++) {
            good += high(values(metric, 1, intervals), values(metric, 0, intervals)) ? 0 : 1;
        }
        return 100.0 * good / METRICS;
    }

    private double[] values(int metric, int version, int intervals) {
        double[] values = new double[intervals];
        int known = 0;
        for (int i = 0; i < intervals; i++) {
            if (cases[metric][version][i] > 0) {
                values[known++] = sums[metric][version][i] / cases[metric][version][i];
            }
        }
        return Arrays.copyOf(values, known);
    }

    /** Hodges and Lehmann's shift with its interval, from the ordered pairwise differences. */
    static boolean high(double[] candidate, double[] stable) {
        int m = candidate.length;
        int n = stable.length;
        if (m == 0 || n == 0) {
            return false;
        }
        double[] shifts = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                shifts[i * n + j] = candidate[i] - stable[j];
            }
        }
        Arrays.sort(shifts);
        double deviation = Math.sqrt(m * n * (m + n + 1) / 12.0);
        int below = (int) Math.floor(m * n / 2.0 - CONFIDENT * deviation);
        double estimate = shifts[m * n / 2];
        return below >= 0 && shifts[below] > TOLERANCE * Math.abs(estimate);
    }
}
