package io.homeostat.meta.transfer;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A finished task: what the data was like, what was tried, and what came of it. A record may hold values that are not
 * finite; {@link Past} says why it does not use it.
 *
 * @param taskId the task; one record per task
 * @param model the model that was tuned
 * @param trainer who fitted it
 * @param at when the task ended
 * @param metaFeatures what the data was like; values that are not finite are left out
 * @param bestParameters the winner
 * @param bestValue the winner's value
 * @param goal which values are better
 * @param trials what was evaluated, in any order; of more than 500 the best 500 are kept
 * @param liveGain gain over the champion in production, positive is better; null if not known
 * @param liveOutcome how the winner's rollout ended; null if not known
 * @param space where it searched, in the written form, so that renamed parameters are found again; empty if not known
 */
public record TaskRecord(
        String taskId,
        String model,
        String trainer,
        Instant at,
        Map<String, Double> metaFeatures,
        Map<String, Object> bestParameters,
        double bestValue,
        Goal goal,
        List<EvaluatedConfiguration> trials,
        @Nullable Double liveGain,
        @Nullable LiveOutcome liveOutcome,
        Map<String, Object> space) {
    /** Trials kept at most. */
    public static final int MOST_TRIALS = 500;

    public TaskRecord {
        Objects.requireNonNull(taskId, "taskId: is missing.");
        Objects.requireNonNull(model, "model: is missing.");
        Objects.requireNonNull(trainer, "trainer: is missing.");
        Objects.requireNonNull(at, "at: is missing.");
        Objects.requireNonNull(goal, "goal: is missing.");
        metaFeatures = defined(metaFeatures);
        bestParameters = Collections.unmodifiableMap(new LinkedHashMap<>(bestParameters));
        space = Collections.unmodifiableMap(new LinkedHashMap<>(space));
        trials = trials.size() <= MOST_TRIALS
                ? List.copyOf(trials)
                : trials.stream().sorted(goal.bestFirst()).limit(MOST_TRIALS).toList();
    }

    /** The same with fewer trials: the better half of so many, and others spread over the rest. */
    public TaskRecord withTrials(int most) {
        if (trials.size() <= most) {
            return this;
        }
        List<EvaluatedConfiguration> ranked =
                trials.stream().sorted(goal.bestFirst()).toList();
        List<EvaluatedConfiguration> kept = Arrays.stream(Surrogate.spread(ranked.size(), most))
                .mapToObj(ranked::get)
                .toList();
        return with(bestParameters, kept);
    }

    /** The same with its configurations written in another way. */
    public TaskRecord with(Map<String, Object> best, List<EvaluatedConfiguration> others) {
        return new TaskRecord(
                taskId, model, trainer, at, metaFeatures, best, bestValue, goal, others, liveGain, liveOutcome, space);
    }

    /** Whether production spoke against the winner: rolled back, or worse than the champion and not promoted. */
    public boolean wentBadly() {
        return liveOutcome == LiveOutcome.ROLLED_BACK
                || (liveOutcome != LiveOutcome.PROMOTED && liveGain != null && liveGain < 0);
    }

    static Map<String, Double> defined(Map<String, Double> metaFeatures) {
        SortedMap<String, Double> defined = new TreeMap<>();
        metaFeatures.forEach((feature, value) -> {
            if (value != null && Double.isFinite(value)) {
                defined.put(feature, value);
            }
        });
        return Collections.unmodifiableSortedMap(defined);
    }
}
