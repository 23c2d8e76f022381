package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study as others need to know it: what was searched, on what data, what was found.
 *
 * @param studyId the study
 * @param retuneId its re-tune
 * @param model the model
 * @param refit whether nothing was searched: the champion's configuration was fitted again on newer rows
 * @param trainer who fitted
 * @param metric the objective
 * @param goal maximize or minimize
 * @param space the search space in its written form
 * @param finished whether it has ended
 * @param metaFeatures what the data was like
 * @param trials its trials; at most 10,000
 * @param bestParameters the best configuration so far
 * @param bestValue its value
 * @param warmStart where its first configurations came from
 * @param cpuMillis processor time of all its trials so far; absent where it is not known
 * @param startedAt when it began
 * @param endedAt when it ended
 */
public record StudyEvent(
        String studyId,
        String retuneId,
        String model,
        boolean refit,
        String trainer,
        String metric,
        String goal,
        Map<String, Object> space,
        boolean finished,
        Map<String, Double> metaFeatures,
        List<TrialSummary> trials,
        @Nullable Map<String, Object> bestParameters,
        @Nullable Double bestValue,
        List<String> warmStart,
        @Nullable Long cpuMillis,
        Instant startedAt,
        @Nullable Instant endedAt) {
    public StudyEvent {
        Check.text("studyId", studyId);
        Check.text("retuneId", retuneId);
        Check.name("model", model);
        Check.text("trainer", trainer);
        Check.text("metric", metric);
        Check.that(
                "maximize".equals(goal) || "minimize".equals(goal),
                "goal",
                "'" + goal + "' is not maximize or minimize");
        Check.present("space", space);
        Check.present("metaFeatures", metaFeatures);
        trials = List.copyOf(Check.present("trials", trials));
        warmStart = warmStart == null ? List.of() : List.copyOf(warmStart);
        Check.present("startedAt", startedAt);
    }

    /**
     * One trial in a line.
     *
     * @param number its number
     * @param state waiting, running, complete, pruned or failed
     * @param origin where its configuration came from, in a sentence
     * @param parameters its configuration
     * @param value its value, once it has one
     * @param steps training iterations seen
     */
    public record TrialSummary(
            int number,
            String state,
            String origin,
            Map<String, Object> parameters,
            @Nullable Double value,
            int steps) {}
}
