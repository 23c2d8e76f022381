package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.Strategies.Strategy;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The sampler for those who do not want to choose one: several strategies side by side, with more trials for those that
 * work, in an order that follows from the trials alone.
 *
 * <p>Idea: the first trials are spread evenly, the middle of the space first. From then on strategies take turns: a
 * Gaussian process over the whole space, the same in a trust region around the best trial, TPE and CMA-ES started from the
 * best trials. Each has lots, which grow with the number of its last trials that were better than all before; whoever has
 * had the fewest trials per lot is next. Every strategy learns from all trials.
 *
 * <p>What takes part depends on
 *
 * <ul>
 *   <li>the space: Gaussian processes up to {@value #MOST_PARAMETERS} parameters; CMA-ES with two numeric ones or more
 *   <li>the budget: Gaussian processes for the first {@value #MOST_TRIALS} trials, CMA-ES from {@value #TRIALS_FOR_CMAES}
 *       on, or at once where there are no Gaussian processes; first trials are at most a quarter of the budget
 *   <li>parallelism: Gaussian processes as long as at most {@value #MOST_RUNNING} trials are running; while any is, they
 *       alone take part in the first {@value #TRIALS_FOR_OTHERS} trials
 *   <li>the objectives: with several the Gaussian processes are those of {@link GpSampler} over the whole space, up to
 *       four objectives, and CMA-ES gives way to {@link NsgaSampler}
 * </ul>
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code startupTrials}: first trials; 2 to 1,000, default 4 and one for every two parameters, at most 12, and at
 *       most a quarter of the budget
 * </ul>
 *
 * <p>References: those of {@link GpSampler}, {@link TpeSampler} and {@link CmaEsSampler}; D. Eriksson et al., Scalable
 * Global Optimization via Local Bayesian Optimization, NeurIPS 2019.
 */
public final class AutoSampler implements Sampler {
    private static final int MOST_TRIALS = 600;
    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_RUNNING = 64;
    private static final int LEAST_STARTUP = 4;
    private static final int MOST_STARTUP = 12;
    private static final int TRIALS_FOR_CMAES = 20;
    private static final int TRIALS_FOR_OTHERS = 100; // as far as was measured

    private final GpSampler gp = new GpSampler();
    private final TpeSampler tpe = new TpeSampler();
    private final CmaEsSampler cmaes = new CmaEsSampler();
    private final NsgaSampler nsga2 = NsgaSampler.second(Options.none("sampler.nsga2"));
    private final NsgaSampler nsga3 = NsgaSampler.third(Options.none("sampler.nsga3"));
    private final int startupTrials;

    /** All defaults. */
    public AutoSampler() {
        this(Options.none("sampler.auto"));
    }

    /** The options named above. */
    AutoSampler(Options options) {
        startupTrials = options.has("startupTrials") ? options.integer("startupTrials", 2, 2, 1_000) : 0;
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        UnitCube cube = new UnitCube(request.space());
        int started = request.finished().size() + request.running().size();
        if (started < startup(cube, started, request.left())
                || request.finished().ranking().size() < 2
                || cube.count() == 0) {
            return SpreadStart.suggest(request, cube, new Unseen(request));
        }
        Strategies strategies = new Strategies(request);
        Strategy next = strategies.next(possible(request, cube, strategies));
        Suggestion suggestion = switch (next) {
            case GLOBAL -> gp.suggest(request, cube, TrustRegion.none(cube.count()));
            case LOCAL -> gp.suggest(request, cube, region(request.finished(), cube, strategies));
            case TPE -> tpe.suggest(request);
            case CMAES -> cmaes.suggest(request);
            case GENETIC -> (request.goals().size() > 2 ? nsga3 : nsga2).suggest(request);
        };
        Map<String, String> notes = new HashMap<>(suggestion.notes());
        notes.put(Strategies.NOTE, next.name());
        return suggestion.withNotes(notes);
    }

    private int startup(UnitCube cube, int started, BudgetLeft left) {
        if (startupTrials > 0) {
            return startupTrials;
        }
        int usual = Math.min(MOST_STARTUP, LEAST_STARTUP + cube.count() / 2);
        int all = left.trials().isPresent() ? started + left.trials().getAsInt() : Integer.MAX_VALUE;
        return Math.max(2, Math.min(usual, all / 4));
    }

    private static EnumSet<Strategy> possible(SamplerRequest request, UnitCube cube, Strategies strategies) {
        EnumSet<Strategy> possible = EnumSet.allOf(Strategy.class);
        int trials = request.finished().size();
        int objectives = request.goals().size();
        boolean slow = trials > MOST_TRIALS
                || objectives > FrontModel.mostObjectives()
                || cube.count() > MOST_PARAMETERS
                || request.running().size() > MOST_RUNNING;
        if (slow) {
            possible.removeAll(EnumSet.of(Strategy.GLOBAL, Strategy.LOCAL));
        }
        if (objectives > 1 || TrustRegion.exhausted(strategies.localWidth())) {
            possible.remove(Strategy.LOCAL);
        }
        if (objectives > 1 || trials < TRIALS_FOR_CMAES && !slow || cube.numeric().length < 2) {
            possible.remove(Strategy.CMAES);
        }
        // parallel trials of the processes spread out by themselves, which others' turns are for
        if (objectives == 1
                && !slow
                && trials < TRIALS_FOR_OTHERS
                && !request.running().isEmpty()) {
            possible.removeAll(EnumSet.of(Strategy.TPE, Strategy.CMAES));
        }
        if (objectives == 1 || trials < NsgaSampler.population(request)) {
            possible.remove(Strategy.GENETIC);
        }
        return possible;
    }

    private static TrustRegion region(History history, UnitCube cube, Strategies strategies) {
        Ranking ranking = history.ranking();
        int centre = ranking.best() >= 0 ? ranking.best() : ranking.get(0);
        double[] lengths = FittedKernel.fit(history, FittedKernel.OBJECTIVE).lengths();
        return TrustRegion.around(cube.place(history, centre), lengths, strategies.localWidth());
    }
}
