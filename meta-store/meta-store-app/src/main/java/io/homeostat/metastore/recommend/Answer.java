package io.homeostat.metastore.recommend;

import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.meta.transfer.LiveOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to try first, in this order, and what that rests on.
 *
 * @param model the model asked for
 * @param configurations the most promising first; all different
 * @param restsOn the tasks that were learned from: the model's own newest first, then others, nearest first
 * @param ignored tasks that were looked at and could not be used, with reasons; at most 100
 * @param passedOver why the others were not looked at → how many
 * @param records how many there are in all
 */
public record Answer(
        String model,
        List<Advice> configurations,
        List<Source> restsOn,
        List<IgnoredRecord> ignored,
        Map<String, Integer> passedOver,
        int records) {
    public Answer {
        configurations = List.copyOf(configurations);
        restsOn = List.copyOf(restsOn);
        ignored = List.copyOf(ignored);
    }

    /**
     * A configuration to try.
     *
     * @param configuration a whole point of the space
     * @param origin {@code past}, or {@code search}: it explores, in case the past misleads
     * @param sourceTask the task that it was found in, if it was tried before
     * @param distance of that task's data in spreads; absent where the two share no meta-feature
     * @param filled parameters that the source task did not have, here at the middle of their scale
     * @param reason why it is here
     */
    public record Advice(
            Map<String, Object> configuration,
            String origin,
            @Nullable String sourceTask,
            @Nullable Double distance,
            List<String> filled,
            String reason) {}

    /**
     * A task that was learned from.
     *
     * @param own whether it is the model's own
     * @param weight how much it counts, the largest being 1
     * @param distance of its data in spreads; absent where the two share no meta-feature
     * @param evaluations how many of its trials are points of the space and were looked at
     * @param bestValue its best value
     * @param outcome how its winner's rollout ended, if known
     * @param explanation in which meta-features its data differs most
     */
    public record Source(
            String taskId,
            String model,
            boolean own,
            Instant at,
            double weight,
            @Nullable Double distance,
            int evaluations,
            double bestValue,
            @Nullable LiveOutcome outcome,
            String explanation) {}
}
