package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a study that transfers by {@link AutoTransfer} tries first, before any trial has a value: as if so many workers began at
 * once. Some of it is not from the past, see {@link #cold}.
 *
 * @param trials in order, all different; fewer than were wanted where the space has fewer points
 * @param weights how much each task of the past counts for them, the largest being 1; in the order of the past
 */
public record Opening(List<Suggestion> trials, List<Double> weights) {
    /** Trials at most. */
    public static final int MOST = 50;

    public Opening {
        trials = List.copyOf(trials);
        weights = List.copyOf(weights);
    }

    /**
     * The first trials; none where there is no past.
     *
     * @param n how many, 1 to {@value #MOST}
     * @param seed of what is drawn at random
     */
    public static Opening of(Past past, int n, long seed) {
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("n: " + n + " is not in 1 to " + MOST + ".");
        }
        Space space = past.target().space();
        if (past.tasks().isEmpty()) {
            return new Opening(List.of(), List.of());
        }
        past.tasks().parallelStream().forEach(PastTask::surrogate); // made when first asked for; together it is sooner
        WarmSampler sampler = new WarmSampler(past, new SamplerSpec("auto", Map.of()).sampler(), Candidates.FEW);
        History none = History.empty(space, List.of(Goal.MINIMIZE));
        List<RunningTrial> running = new ArrayList<>();
        List<Suggestion> trials = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Suggestion next = sampler.suggest(new SamplerRequest(none, running, seed, i, BudgetLeft.UNLIMITED, n));
            if (running.stream().anyMatch(trial -> trial.configuration().equals(next.configuration()))) {
                break; // every point is there
            }
            trials.add(next);
            running.add(new RunningTrial(i, next.configuration(), List.of(), next.notes()));
        }
        return new Opening(trials, sampler.weights());
    }

    /** Whether a trial is not from the past: one that explores, in case the past misleads. */
    public static boolean cold(Suggestion trial) {
        return WarmSampler.COLD.equals(trial.notes().get(WarmSampler.NOTE));
    }
}
