package io.homeostat.rollout.routing;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Shares traffic among a champion and several challengers by how likely each is the best.
 *
 * <p>Idea: Thompson sampling. Each version's rate of success has a Beta distribution after what it did; its share is the
 * chance that its rate is the highest. So a version that loses gets less and less, and one of which little is known is
 * still tried.
 *
 * <p>Formula: {@code share = floor + (1 - k floor) P(rate is the highest)} for {@code k} versions, the probability by
 * drawing from {@code Beta(1 + successes, 1 + failures)}.
 *
 * <p>Parameters: the floor keeps every version comparable, usually .05; {@code 0} lets losers starve. The shares adapt to
 * outcomes, so compare rates afterwards with tests that allow it; {@link
 * io.homeostat.rollout.sequential.PairedBetting} on requests that all versions compute does.
 *
 * <p>Example: 90 of 100, 80 of 100 and no trials of three versions give shares of about .85, .02 and .13 without a floor.
 *
 * <p>Reference: W. Thompson (1933); O. Chapelle and L. Li, An empirical evaluation of Thompson sampling (2011).
 *
 * @param floor least share of each version, 0 up to {@code 1 / versions}
 * @param draws how often the best is drawn, at least 1; 10,000 give shares to half a percent
 */
public record ThompsonAllocation(double floor, int draws) {
    /**
     * What a version did.
     *
     * @param successes at least 0
     * @param failures at least 0
     */
    public record Trials(long successes, long failures) {
        public Trials {
            if (successes < 0 || failures < 0) {
                throw new IllegalArgumentException(
                        "successes and failures: " + successes + " and " + failures + " cannot be counts.");
            }
        }
    }

    public ThompsonAllocation {
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("floor: " + floor + " is no share. Usual is 0.05.");
        }
        if (draws < 1) {
            throw new IllegalArgumentException("draws: " + draws + " is below 1. 10000 are enough.");
        }
    }

    /**
     * The share of each version, in their order, together 1.
     *
     * @param versions what each did, at least one
     * @param random seeded, so that the same generator gives the same shares
     */
    public List<Double> shares(List<Trials> versions, RandomGenerator random) {
        if (versions.isEmpty() || floor * versions.size() > 1) {
            throw new IllegalArgumentException("versions: " + versions.size() + " with a floor of " + floor
                    + " each cannot share the traffic. Give at least one, and a lower floor.");
        }
        int[] best = new int[versions.size()];
        List<BetaDistribution> rates = versions.stream()
                .map(v -> new BetaDistribution(random, 1.0 + v.successes(), 1.0 + v.failures()))
                .toList();
        for (int i = 0; i < draws; i++) {
            best[highest(rates)]++;
        }
        List<Double> shares = new ArrayList<>(best.length);
        for (int wins : best) {
            shares.add(floor + (1 - floor * best.length) * wins / draws);
        }
        return shares;
    }

    private static int highest(List<BetaDistribution> rates) {
        int highest = 0;
        double most = -1;
        for (int i = 0; i < rates.size(); i++) {
            double drawn = rates.get(i).sample();
            if (drawn > most) {
                most = drawn;
                highest = i;
            }
        }
        return highest;
    }
}
