package io.homeostat.benchmarks.rollout;

import io.homeostat.rollout.routing.Arm;

/**
 * The z-test of a fixed sample size, looked at again and again: superior by the pairs at 5 % in one direction, worse by
 * failures, slow requests or pairs at a third of 5 % each. Ends at the first look that says something.
 */
final class PeekedZTest {
    private static final double SUPERIOR = 1.645;
    private static final double WORSE = 2.128;
    private static final int LOOKS = 20;

    private final SimulatedTraffic traffic;
    private final long[] served = new long[2];
    private final long[] failed = new long[2];
    private final long[] slow = new long[2];
    private long pairs;
    private long sum;
    private long squares;

    PeekedZTest(SimulatedTraffic traffic) {
        this.traffic = traffic;
    }

    Outcome run() {
        int between = traffic.requests / LOOKS;
        Outcome outcome = Outcome.UNDECIDED;
        for (int i = 0; i < traffic.requests && outcome == Outcome.UNDECIDED; i++) {
            request(i);
            for (int j = traffic.firstLabelAt(i); j >= 0; j = traffic.nextLabelAfter(j)) {
                label(traffic.difference(j));
            }
            if ((i + 1) % between == 0) {
                outcome = look();
            }
        }
        return outcome;
    }

    private void request(int i) {
        int version = traffic.arm[i] == Arm.CANDIDATE ? 1 : 0;
        count(version, i);
        if (traffic.weight[i] == 0) {
            count(1, i);
        }
    }

    private void count(int version, int i) {
        served[version]++;
        failed[version] += traffic.failed[version][i] ? 1 : 0;
        slow[version] += traffic.millis[version][i] > SimulatedTraffic.SLOW_MILLIS ? 1 : 0;
    }

    private void label(int difference) {
        pairs++;
        sum += difference;
        squares += (long) difference * difference;
    }

    private Outcome look() {
        double paired = squares == 0 ? 0 : sum / Math.sqrt(squares - (double) sum * sum / pairs);
        if (rates(failed) > WORSE || rates(slow) > WORSE || paired < -WORSE) {
            return Outcome.ROLLED_BACK;
        }
        return paired > SUPERIOR ? Outcome.PROMOTED : Outcome.UNDECIDED;
    }

    private double rates(long[] hits) {
        double both = (double) (hits[0] + hits[1]) / (served[0] + served[1]);
        double deviation = Math.sqrt(both * (1 - both) * (1.0 / served[0] + 1.0 / served[1]));
        return deviation > 0 ? ((double) hits[1] / served[1] - (double) hits[0] / served[0]) / deviation : 0;
    }
}
