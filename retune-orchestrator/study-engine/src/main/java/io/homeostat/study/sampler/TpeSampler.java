package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.TpeSearch.Best;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.History;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator: looks where good trials are dense and bad ones are not.
 *
 * <p>Idea: split the finished trials into the best γ(n) and the rest; estimate a density over all parameters together
 * for each, l(x) of the good ones and g(x) of the rest; draw candidates from l and suggest the one with the largest
 * log l(x) − log g(x), which is the one of largest expected improvement.
 *
 * <p>γ(n) = min(⌈0.1·n⌉, 25), n being the trials with a value. Complete trials are good in order of their value; pruned
 * ones come after all complete ones, those that got further first, and then those that break a constraint. Running trials
 * count as bad (constant liar), which spreads parallel trials out; failed ones too. Newer trials weigh more, see {@link
 * Weights}. Of more than 512 trials older ones are thinned out, see {@link Observations}.
 *
 * <p>With several objectives the best γ(n) = min(⌈0.1·n⌉, 100) of the n complete trials are whole fronts of trials that do
 * not dominate each other and, of the last front, those that together dominate most; each weighs by the hypervolume that it
 * alone dominates. Those that break a constraint come last, the least violation first.
 *
 * <p>In a space with conditions the parameters are searched in groups that are there together, parents first, each with
 * the trials in which it was there and its own γ(n) best of them.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code startupTrials}: until so many trials have a value suggestions are random; at least 1, default 10
 *   <li>{@code candidates}: draws from l per suggestion; 1 to 10,000, default 24
 *   <li>{@code multivariate}: one density for all parameters of a group; if false each parameter has its own; default true
 *   <li>{@code constantLiar}: running trials count as bad; default true
 * </ul>
 *
 * <p>Example: with 30 finished trials ⌈0.1·30⌉ = 3 are good; 24 candidates are drawn around them (and a few anywhere,
 * by the prior) and the one furthest from the 27 others, in terms of density, is tried.
 *
 * <p>Cost: O(d·n·candidates) per suggestion for d parameters and n ≤ 512 of the trials.
 *
 * <p>References: J. Bergstra et al., Algorithms for Hyper-Parameter Optimization, NIPS 2011; Y. Ozaki et al.,
 * Multiobjective Tree-Structured Parzen Estimator, JAIR 73, 2022; S. Watanabe, Tree-Structured Parzen Estimator:
 * Understanding Its Algorithm Components, arXiv 2304.11127, 2023.
 */
public final class TpeSampler implements Sampler {
    private final int startupTrials;
    private final TpeSettings settings;
    private final List<Configuration> good;

    /** 10 start-up trials, 24 candidates. */
    public TpeSampler() {
        this(10, TpeSettings.DEFAULT);
    }

    public TpeSampler(int startupTrials, int candidates) {
        this(startupTrials, new TpeSettings(candidates, true, false, true));
    }

    /** The options named above. */
    TpeSampler(Options options) {
        this(options.integer("startupTrials", 10, 1, 1_000_000), TpeSettings.of(options));
    }

    /**
     * Defaults, and configurations that were good elsewhere: each counts as a good trial, {@value TpeSearch#FADING}/({@value
     * TpeSearch#FADING} + n) times after n trials. There are no start-up trials.
     *
     * @param good at least one, of the space that is searched
     */
    public TpeSampler(List<Configuration> good) {
        startupTrials = 0;
        settings = TpeSettings.DEFAULT;
        this.good = List.copyOf(good);
    }

    private TpeSampler(int startupTrials, TpeSettings settings) {
        if (startupTrials < 1) {
            throw new IllegalArgumentException("tpe.startupTrials: " + startupTrials + " is below 1.");
        }
        this.startupTrials = startupTrials;
        this.settings = settings;
        good = List.of();
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        History finished = request.finished();
        int valued = finished.count(Outcome.COMPLETE) + finished.count(Outcome.PRUNED);
        if (valued < startupTrials) {
            return unseen.draw(random, "random: " + valued + " of " + startupTrials + " start-up trials have a value");
        }
        Optional<Best> best = new TpeSearch(settings, GoodTrials.of(finished), request, 0, random, good).best(unseen);
        return best.map(found -> new Suggestion(found.configuration(), settings.reason("tpe", found)))
                .orElseGet(() -> unseen.draw(random, "random: tpe found none but known points"));
    }
}
