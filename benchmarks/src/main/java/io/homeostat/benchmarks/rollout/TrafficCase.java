package io.homeostat.benchmarks.rollout;

import java.util.List;

/**
 * A kind of traffic under which two equal versions are compared.
 *
 * @param key what its figures are called
 * @param ramp whether the weight goes from shadow over 5 and 25 to 50 percent, a quarter of the traffic each; else it is
 *     50 percent throughout
 * @param outage whether in the middle third both versions fail and are slow eight times as often
 * @param heavyUsers whether few users ask most of the requests, each with troubles of its own: 1 in 20 meets all the
 *     failures, and to each one of the two versions is the better one
 * @param late whether labels come up to a day late, those that favour the candidate first
 * @param alone whether no copies are made, so that each label says something of one version
 */
record TrafficCase(String key, boolean ramp, boolean outage, boolean heavyUsers, boolean late, boolean alone) {
    static final List<TrafficCase> ALL = List.of(
            new TrafficCase("plain", false, false, false, false, false),
            new TrafficCase("ramp", true, false, false, false, false),
            new TrafficCase("outage", true, true, false, false, false),
            new TrafficCase("heavyUsers", true, false, true, false, false),
            new TrafficCase("lateLabels", true, false, false, true, false),
            new TrafficCase("alone", true, false, false, false, true),
            new TrafficCase("aloneHeavyUsers", true, false, true, false, true),
            new TrafficCase("aloneLateLabels", true, false, false, true, true));

    private static final double[] RAMP = {0, 5, 25, 50};

    /** The candidate's weight in percent while a share of all requests has passed. */
    double weightAt(double passed) {
        return ramp ? RAMP[Math.min(RAMP.length - 1, (int) (passed * RAMP.length))] : 50;
    }

    /** How many times the usual rate both versions fail. */
    double failureFactor(double passed) {
        return outage && passed >= 1 / 3.0 && passed < 2 / 3.0 ? 8 : 1;
    }
}
