package io.homeostat.metastore.recommend;

import io.homeostat.meta.transfer.IgnoredRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to try first, in this order.
 *
 * @param model the model asked for
 * @param configurations the most promising first; all different
 * @param ignored records that were not used, with reasons; at most 100
 * @param ignoredInAll how many were not used
 * @param records how many records were looked at
 */
public record Answer(
        String model, List<Advice> configurations, List<IgnoredRecord> ignored, int ignoredInAll, int records) {
    public Answer {
        configurations = List.copyOf(configurations);
        ignored = List.copyOf(ignored);
    }

    /**
     * A configuration to try.
     *
     * @param configuration a whole point of the space
     * @param taken the parameters that come from the task
     * @param filled the parameters that the task has no usable value for; here at the middle of their scale
     * @param sourceTask the task that it was found in
     * @param distance of that task's data in spreads; absent where the two share no meta-feature
     * @param reason why it is here
     */
    public record Advice(
            Map<String, Object> configuration,
            List<String> taken,
            List<String> filled,
            String sourceTask,
            @Nullable Double distance,
            String reason) {}
}
