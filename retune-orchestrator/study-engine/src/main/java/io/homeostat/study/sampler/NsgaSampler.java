package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Genetic search for several objectives, NSGA-II or NSGA-III, one child at a time: each trial is a child of two of the
 * best trials so far.
 *
 * <p>Idea: the population are the best of all complete trials: whole fronts of trials that do not dominate each other and,
 * of the front that does not fit, the loneliest (NSGA-II) or those that fill directions spread evenly over the objectives
 * (NSGA-III, for three objectives and more). A parent is the better of two drawn at random; two parents give a child by
 * crossover and mutation, see {@link Variation}. Feasible trials go before infeasible ones, and those in order of their
 * violation. Until the population is full trials are random. A child that was tried before is not tried again.
 *
 * <p>The population is renewed with every trial rather than once per generation (steady state): nothing waits for the
 * slowest trial of a generation, and with the same number of trials the front gets further.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code population}: how many trials may be parents; 4 to 10,000; default a fifteenth of the study's trials within
 *       [16, 50], 40 if their number is not limited
 * </ul>
 *
 * <p>Example: with 300 trials the first 20 are random, and each of the others is a child of two of the best 20.
 *
 * <p>Cost: O(m·n²) per suggestion for m objectives and the n ≤ 1,000 trials that may be in the population.
 *
 * <p>References: K. Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, IEEE Transactions on
 * Evolutionary Computation 6, 2002; K. Deb, H. Jain, NSGA-III, same 18, 2014; J. Durillo et al., On the Effect of the
 * Steady-State Selection Scheme in Multi-Objective Genetic Algorithms, EMO 2009.
 */
public final class NsgaSampler implements Sampler {
    private static final int TRIES = 20;
    private static final int TRIALS_IF_UNLIMITED = 600;

    private final String name;
    private final LastFront last;
    private final int population; // 0: by the budget

    private NsgaSampler(String name, LastFront last, Options options) {
        this.name = name;
        this.last = last;
        population = options.has("population") ? options.integer("population", 40, 4, 10_000) : 0;
    }

    /** NSGA-II with the options named above. */
    static NsgaSampler second(Options options) {
        return new NsgaSampler("nsga2", LastFront.LONELIEST, options);
    }

    /** NSGA-III with the options named above. */
    static NsgaSampler third(Options options) {
        return new NsgaSampler("nsga3", LastFront.SPREAD, options);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        History finished = request.finished();
        int size = population > 0 ? population : population(request);
        Population parents = finished.derive(new Population.Of(size, last));
        if (parents.size() < size) {
            return unseen.draw(random, "random: " + parents.size() + " of the first " + size + " trials are complete");
        }
        for (int i = 0; i < TRIES; i++) {
            int a = parents.tournament(random);
            int b = parents.tournament(random);
            Configuration child = child(request, a, b, random);
            if (unseen.test(child)) {
                String of = finished.get(a).number() + " and " + finished.get(b).number();
                return new Suggestion(child, name + ": child of trials " + of);
            }
        }
        return unseen.draw(random, "random: " + name + " found none but known points");
    }

    /** How many trials may be parents by default. */
    static int population(SamplerRequest request) {
        int all = request.left().trials().isPresent()
                ? request.trialNumber() + request.left().trials().getAsInt()
                : TRIALS_IF_UNLIMITED;
        return Math.max(16, Math.min(50, all / 15));
    }

    private static Configuration child(SamplerRequest request, int a, int b, RandomGenerator random) {
        History finished = request.finished();
        List<Axis> axes = finished.derive(Axes.OF_SPACE).axes();
        return request.space().fromUnit(Variation.DEFAULT.child(axes, finished.unit(a), finished.unit(b), random));
    }
}
