package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.Ranking;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator: looks where good trials are dense and bad ones are not.
 *
 * <p>Idea: split the finished trials into the best γ(n) and the rest; estimate a density over all parameters together
 * for each, l(x) of the good ones and g(x) of the rest; draw candidates from l and suggest the one with the largest
 * log l(x) − log g(x), which is the one of largest expected improvement.
 *
 * <p>γ(n) = min(⌈0.1·n⌉, 25), n being the trials with a value. Complete trials are good in order of their value; pruned
 * ones come after all complete ones, those that got further first, and then those that break a constraint. Running trials count as bad (constant liar), which
 * spreads parallel trials out; failed ones too. A parameter that is not active in a trial says nothing there. Newer trials weigh more, see {@link ParzenEstimator#weights}.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code startupTrials}: until so many trials have a value suggestions are random; at least 1, default 10
 *   <li>{@code candidates}: draws from l per suggestion; 1 to 10,000, default 24
 * </ul>
 *
 * <p>Example: with 30 finished trials ⌈0.1·30⌉ = 3 are good; 24 candidates are drawn around them (and a few anywhere,
 * by the prior) and the one furthest from the 27 others, in terms of density, is tried.
 *
 * <p>Cost: O(d·n·candidates) per suggestion for d parameters.
 *
 * <p>References: J. Bergstra et al., Algorithms for Hyper-Parameter Optimization, NIPS 2011; S. Watanabe,
 * Tree-Structured Parzen Estimator: Understanding Its Algorithm Components, arXiv 2304.11127, 2023.
 */
public final class TpeSampler implements Sampler {
    private static final double GOOD_SHARE = 0.1;
    private static final int MOST_GOOD = 25;

    private final int startupTrials;
    private final int candidates;

    /** 10 start-up trials, 24 candidates. */
    public TpeSampler() {
        this(10, 24);
    }

    public TpeSampler(int startupTrials, int candidates) {
        if (startupTrials < 1) {
            throw new IllegalArgumentException("tpe.startupTrials: " + startupTrials + " is below 1.");
        }
        if (candidates < 1 || candidates > 10_000) {
            throw new IllegalArgumentException("tpe.candidates: " + candidates + " is not in [1, 10000].");
        }
        this.startupTrials = startupTrials;
        this.candidates = candidates;
    }

    /** The options named above. */
    TpeSampler(Options options) {
        this(options.integer("startupTrials", 10, 1, 1_000_000), options.integer("candidates", 24, 1, 10_000));
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        Ranking ranked = request.finished().ranking();
        if (ranked.size() < startupTrials) {
            String progress = ranked.size() + " of " + startupTrials + " start-up trials have a value";
            return unseen.draw(random, "random: " + progress);
        }
        int good = Math.min((int) Math.ceil(GOOD_SHARE * ranked.size()), MOST_GOOD);
        Set<FinishedTrial> best = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int rank = 0; rank < good; rank++) {
            best.add(request.finished().get(ranked.get(rank)));
        }
        Dimensions dimensions = new Dimensions(request.space());
        ParzenEstimator l = new ParzenEstimator(dimensions, configurations(request, best::contains));
        List<Configuration> bad = configurations(request, trial -> !best.contains(trial));
        request.running().stream()
                .sorted(Comparator.comparingInt(RunningTrial::number))
                .forEach(trial -> bad.add(trial.configuration()));
        ParzenEstimator g = new ParzenEstimator(dimensions, bad);
        return best(request.space(), dimensions, l, g, unseen, random, good + " of " + ranked.size());
    }

    private Suggestion best(
            Space space,
            Dimensions dimensions,
            ParzenEstimator l,
            ParzenEstimator g,
            Unseen unseen,
            RandomGenerator random,
            String good) {
        Configuration best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            Configuration candidate = dimensions.configuration(space, l.draw(random));
            if (!unseen.test(candidate)) {
                continue;
            }
            Point point = dimensions.point(candidate);
            double score = Math.log(l.density(point)) - Math.log(g.density(point));
            if (best == null || score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        if (best == null) {
            return unseen.draw(random, "random: tpe found none but known points");
        }
        String reason =
                "tpe: " + good + " trials are good; best of " + candidates + " candidates, log l - log g = %.2f";
        return new Suggestion(best, String.format(Locale.ROOT, reason, bestScore));
    }

    /** From the oldest to the newest; failed ones are there, too. */
    private static List<Configuration> configurations(SamplerRequest request, Predicate<FinishedTrial> which) {
        List<Configuration> configurations = new ArrayList<>();
        request.finished().stream()
                .sorted(Comparator.comparingInt(FinishedTrial::number))
                .filter(which)
                .forEach(trial -> configurations.add(trial.configuration()));
        return configurations;
    }
}
