package io.homeostat.benchmarks.rollout;

import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The requests and labels of one rollout, one request each half minute.
 *
 * <p>Both versions answer right with probability .9, 6 % of the answers are right of one version only; 1 % fail and 1 %
 * take more than 50 ms, each version by its own luck. Heavy users ask by Zipf's law.
 */
final class SimulatedTraffic {
    static final Duration BETWEEN = Duration.ofSeconds(30);
    static final double SLOW_MILLIS = 50;

    private static final int DAY = (int) Duration.ofDays(1).dividedBy(BETWEEN);
    private static final double FAILURES = .01;
    private static final double SLOW = .01;
    private static final double DISCORDANT = .06;
    private static final double BOTH_WRONG = .07;
    private static final int HEAVY_USERS = 2000;
    private static final double TROUBLED = .05;

    final TrafficCase kind;
    final int requests;
    final int[] unit;
    final Arm[] arm;
    final double[] weight;
    final boolean[][] failed = new boolean[2][];
    final double[][] millis = new double[2][];
    final boolean[][] wrong = new boolean[2][];

    private final SplittableRandom random;
    private final int[] firstLabel;
    private final int[] nextLabel;
    private final double[] ofUnit = new double[HEAVY_USERS];
    private final double[] favours = new double[HEAVY_USERS];
    private final double[] activity = new double[HEAVY_USERS];

    SimulatedTraffic(TrafficCase kind, int requests, String salt, long seed) {
        this.kind = kind;
        this.requests = requests;
        random = new SplittableRandom(seed);
        unit = new int[requests];
        arm = new Arm[requests];
        weight = new double[requests];
        firstLabel = new int[requests];
        nextLabel = new int[requests];
        for (int version = 0; version < 2; version++) {
            failed[version] = new boolean[requests];
            wrong[version] = new boolean[requests];
            millis[version] = new double[requests];
        }
        Arrays.fill(firstLabel, -1);
        if (kind.heavyUsers()) {
            people();
        }
        for (int i = 0; i < requests; i++) {
            request(i, salt);
        }
    }

    private void people() {
        double sum = 0;
        for (int u = 0; u < HEAVY_USERS; u++) {
            sum += 1.0 / (u + 5);
            activity[u] = sum;
            ofUnit[u] = random.nextDouble() < TROUBLED ? 1 / TROUBLED : 0;
            favours[u] = random.nextBoolean() ? 1 : 0;
        }
    }

    private void request(int i, String salt) {
        double passed = (double) i / requests;
        unit[i] = kind.heavyUsers() ? heavyUser() : i;
        weight[i] = kind.weightAt(passed);
        arm[i] = new ArmChoice(salt, weight[i]).armOf(unitId(i));
        double factor = kind.failureFactor(passed) * (kind.heavyUsers() ? ofUnit[unit[i]] : 1);
        for (int version = 0; version < 2; version++) {
            failed[version][i] = random.nextDouble() < FAILURES * factor;
            millis[version][i] = millis(random.nextDouble() < SLOW * factor, random.nextDouble());
        }
        answers(i);
        label(i);
    }

    private static double millis(boolean slow, double draw) {
        return slow ? SLOW_MILLIS * (1 + draw) : SLOW_MILLIS * draw * draw;
    }

    private int heavyUser() {
        int at = Arrays.binarySearch(activity, random.nextDouble() * activity[HEAVY_USERS - 1]);
        return at < 0 ? -at - 1 : at;
    }

    private void answers(int i) {
        double draw = random.nextDouble();
        double favour = kind.heavyUsers() ? favours[unit[i]] : .5;
        boolean candidateOnly = draw < DISCORDANT * favour;
        boolean stableOnly = !candidateOnly && draw < DISCORDANT;
        boolean none = draw >= DISCORDANT && draw < DISCORDANT + BOTH_WRONG;
        wrong[0][i] = candidateOnly || none;
        wrong[1][i] = stableOnly || none;
    }

    private void label(int i) {
        int at = i + (kind.late() ? delay(difference(i)) : 0);
        if (at < requests) {
            nextLabel[i] = firstLabel[at];
            firstLabel[at] = i;
        }
    }

    /* What speaks for the candidate is known in the first half day, what speaks against it in the second. */
    private int delay(int difference) {
        double share = random.nextDouble();
        double late = difference > 0 ? share / 2 : difference < 0 ? (1 + share) / 2 : share;
        return (int) (late * DAY);
    }

    String unitId(int i) {
        return "user-" + unit[i];
    }

    /** The candidate's gain over the champion: -1, 0 or 1. */
    int difference(int i) {
        return (wrong[0][i] ? 1 : 0) - (wrong[1][i] ? 1 : 0);
    }

    /** The first request whose label comes with request {@code i}; -1 if there is none. */
    int firstLabelAt(int i) {
        return firstLabel[i];
    }

    /** The next one after {@code request}; -1 if there is none. */
    int nextLabelAfter(int request) {
        return nextLabel[request];
    }
}
