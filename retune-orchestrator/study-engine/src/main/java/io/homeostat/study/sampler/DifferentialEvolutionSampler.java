package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Differential evolution: moves a population by the differences between its members.
 *
 * <p>Idea: the population has slots, each held by the best trial that was made for it. Trials are made for the slots in
 * turn: a trial for a slot takes its holder x, and on some axes, each with probability {@code crossover} and on one for
 * sure, goes to x + F·(p − x) + F·(a − b), where p is one of the best holders (a fifth, two at least), a and b are others at
 * random and F is drawn from [0.5, 1) for each trial. It holds the slot from then on if it is at least as good. As the
 * differences shrink with the population, so do the steps. The first trial of each slot is a point of Sobol's sequence.
 *
 * <p>Off the scale, a coordinate is put between x and the end. A choice is p's or a's; it is drawn anew half
 * of the time where a and b differ, and else a tenth of it. Where a parameter was not there it is drawn. Nothing waits: if trials are running the next slots
 * are served meanwhile. With several objectives it is the first that counts; pruned trials come after complete ones.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code population}: how many slots; 5 to 10,000; default a twentieth of the study's trials within [8, 40], 20 if their
 *       number is not limited
 *   <li>{@code crossover}: 0 to 1, default 0.9
 * </ul>
 *
 * <p>Example: with 300 trials there are 15 slots, of which each has 20 trials.
 *
 * <p>Cost: O(parameters) per suggestion, and per trial that has ended.
 *
 * <p>References: R. Storn, K. Price, Differential Evolution, Journal of Global Optimization 11, 1997; J. Zhang, A.
 * Sanderson, JADE: Adaptive Differential Evolution with Optional External Archive, IEEE Transactions on Evolutionary
 * Computation 13, 2009 (current-to-pbest).
 */
public final class DifferentialEvolutionSampler implements Sampler {
    private static final int TRIES = 20;
    private static final int TRIALS_IF_UNLIMITED = 400;
    private static final double ANEW_IF_UNDECIDED = 0.5;
    private static final double ANEW = 0.1;
    private static final int FEWEST = 4; // of which x, a and b differ

    private final int population; // 0: by the budget
    private final double crossover;

    /** The options named above. */
    DifferentialEvolutionSampler(Options options) {
        population = options.has("population") ? options.integer("population", 20, 5, 10_000) : 0;
        crossover = options.number("crossover", 0.9, 0, 1);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        History finished = request.finished();
        Slots slots = finished.derive(new Slots.Of(population > 0 ? population : population(request)));
        int slot = slots.next(request.running());
        return suggestion(request, unseen, slots, slot, random).withNotes(Map.of(Slots.NOTE, String.valueOf(slot)));
    }

    private static int population(SamplerRequest request) {
        int all = request.left().trials().isPresent()
                ? request.trialNumber() + request.left().trials().getAsInt()
                : TRIALS_IF_UNLIMITED;
        return Math.max(8, Math.min(40, all / 20));
    }

    private Suggestion suggestion(
            SamplerRequest request, Unseen unseen, Slots slots, int slot, RandomGenerator random) {
        History finished = request.finished();
        boolean first = slots.holder(slot) < 0 || slots.held() < FEWEST;
        for (int i = 0; i < (first ? 1 : TRIES); i++) {
            double[] unit = first
                    ? SobolSampler.unit(finished, request.seed(), request.trialNumber())
                    : moved(finished, slots, slot, random);
            Configuration point = request.space().fromUnit(unit);
            if (unseen.test(point)) {
                return new Suggestion(
                        point, first ? "de: a first point for slot " + slot : reason(finished, slots, slot));
            }
        }
        return unseen.draw(random, "random: de found none but known points");
    }

    private static String reason(History finished, Slots slots, int slot) {
        return "de: moved from trial " + finished.get(slots.holder(slot)).number() + ", the best of slot " + slot;
    }

    private double[] moved(History finished, Slots slots, int slot, RandomGenerator random) {
        int other = slots.another(slot, slot, random);
        double[] x = finished.unit(slots.holder(slot));
        double[] p = finished.unit(slots.oneOfTheBest(random));
        double[] a = finished.unit(slots.holder(other));
        double[] b = finished.unit(slots.holder(slots.another(slot, other, random)));
        double factor = 0.5 + random.nextDouble() / 2;
        double[] unit = random.doubles(x.length).toArray();
        List<Axis> axes = finished.derive(Axes.OF_SPACE).axes();
        int forSure = axes.isEmpty() ? 0 : random.nextInt(axes.size());
        for (int j = 0; j < axes.size(); j++) {
            Axis axis = axes.get(j);
            int i = axis.index();
            double from = Double.isNaN(x[i]) ? unit[i] : x[i];
            double best = Double.isNaN(p[i]) ? from : p[i];
            boolean moves = random.nextDouble() < crossover || j == forSure;
            unit[i] = moves ? moved(axis, from, best, a[i], b[i], factor, random) : from;
        }
        return unit;
    }

    private static double moved(
            Axis axis, double x, double p, double a, double b, double factor, RandomGenerator random) {
        boolean apart = !Double.isNaN(a) && !Double.isNaN(b);
        if (axis.categorical()) {
            boolean differ = apart && axis.place(a) != axis.place(b);
            boolean anew = random.nextDouble() < (differ ? ANEW_IF_UNDECIDED : ANEW);
            return anew ? random.nextDouble() : Double.isNaN(a) || random.nextBoolean() ? p : a;
        }
        double place = x + factor * (p - x) + (apart ? factor * (a - b) : 0);
        return place < 0 ? x / 2 : place > 1 ? (1 + x) / 2 : place;
    }
}
