package io.homeostat.benchmarks.gateway;

import java.util.Arrays;

/** Latencies of one run, and how many requests failed. */
final class Latencies {
    private final long[] nanos;
    private int count;
    private int failed;

    Latencies(int most) {
        nanos = new long[most];
    }

    void add(long latencyNanos, int status) {
        nanos[count++] = latencyNanos;
        if (status != 200) {
            failed++;
        }
    }

    int failed() {
        return failed;
    }

    /** The latency that a share of the requests stays within. */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)] / 1e6;
    }
}
