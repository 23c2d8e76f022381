package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Genetic search for several objectives, NSGA-II or NSGA-III: the next generation are children of the best of all earlier
 * ones.
 *
 * <p>Idea: the parents are whole fronts of trials that do not dominate each other and, of the front that does not fit, the
 * loneliest (NSGA-II) or those that fill directions spread evenly over the objectives (NSGA-III, for three objectives and
 * more). A parent is the better of two drawn at random; two parents give a child by crossover and mutation, see {@link
 * Variation}. Feasible trials go before infeasible ones, and those in order of their violation.
 *
 * <p>It does not wait: as long as trials of a generation run, more children of it may be asked for, so that a generation
 * may have some more trials than the population.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code population}: trials of a generation; 4 to 10,000; default a twelfth of the study's trials within [12, 50],
 *       50 if their number is not limited
 * </ul>
 *
 * <p>Example: with 300 trials a generation has 25, and there are 12.
 *
 * <p>Cost: O(m·p²) per suggestion for m objectives and p parents.
 *
 * <p>References: K. Deb et al., NSGA-II, IEEE Transactions on Evolutionary Computation 6, 2002; K. Deb, H. Jain, NSGA-III,
 * same 18, 2014.
 */
public final class NsgaSampler implements Sampler {
    private static final int TRIES = 20;

    private final boolean third;
    private final int population; // 0: by the budget

    private NsgaSampler(boolean third, Options options) {
        this.third = third;
        population = options.has("population") ? options.integer("population", 50, 4, 10_000) : 0;
    }

    /** NSGA-II with the options named above. */
    static NsgaSampler second(Options options) {
        return new NsgaSampler(false, options);
    }

    /** NSGA-III with the options named above. */
    static NsgaSampler third(Options options) {
        return new NsgaSampler(true, options);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        int size = population > 0 ? population : population(request);
        Generation generation = request.finished().derive(new Generation.Of(size, third));
        Map<String, String> notes = Map.of(Generation.NOTE, String.valueOf(generation.number()));
        String name = third ? "nsga3" : "nsga2";
        if (generation.parents() == 0) {
            return unseen.draw(random, "random: the first generation of " + name)
                    .withNotes(notes);
        }
        for (int i = 0; i < TRIES; i++) {
            int a = tournament(generation, random);
            int b = tournament(generation, random);
            Configuration child = child(request, generation.parent(a), generation.parent(b), random);
            if (unseen.test(child)) {
                return new Suggestion(child, reason(name, request.finished(), generation, a, b)).withNotes(notes);
            }
        }
        return unseen.draw(random, "random: " + name + " found none but known points")
                .withNotes(notes);
    }

    private static int population(SamplerRequest request) {
        int all = request.trialNumber() + request.left().trials().orElse(600);
        return Math.max(12, Math.min(50, all / 12));
    }

    private static int tournament(Generation generation, RandomGenerator random) {
        int a = random.nextInt(generation.parents());
        int b = random.nextInt(generation.parents());
        return generation.better(a, b);
    }

    private static Configuration child(SamplerRequest request, int a, int b, RandomGenerator random) {
        History finished = request.finished();
        List<Axis> axes = finished.derive(Axes.OF_SPACE).axes();
        int dimensions = request.space().names().size();
        return request.space()
                .fromUnit(Variation.DEFAULT.child(axes, finished.unit(a), finished.unit(b), dimensions, random));
    }

    private static String reason(String name, History finished, Generation generation, int a, int b) {
        return name + ": generation " + generation.number() + ", child of trials "
                + finished.get(generation.parent(a)).number() + " and "
                + finished.get(generation.parent(b)).number();
    }
}
