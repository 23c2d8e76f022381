package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a finished study taught: the memory of the loop.
 *
 * @param taskId the study's id
 * @param model the model
 * @param trainer who fitted
 * @param metric the objective
 * @param goal maximize or minimize
 * @param at when the study ended
 * @param metaFeatures what the data was like
 * @param space the search space in its written form
 * @param bestParameters the best configuration
 * @param bestValue its value
 * @param trials its evaluated configurations, best first; at most 500
 * @param started trials that were started, those that failed or were stopped early included; absent where it is not known
 * @param cpuMillis processor time of all of them; absent where it is not known
 * @param liveGain the rollout's paired gain over the champion, once it ended
 * @param liveOutcome how the rollout ended
 */
public record MetaRecord(
        String taskId,
        String model,
        String trainer,
        String metric,
        String goal,
        Instant at,
        Map<String, Double> metaFeatures,
        Map<String, Object> space,
        Map<String, Object> bestParameters,
        double bestValue,
        List<Evaluation> trials,
        @Nullable Integer started,
        @Nullable Long cpuMillis,
        @Nullable Double liveGain,
        RolloutStatus.@Nullable Phase liveOutcome) {
    public static final int MOST_TRIALS = 500;

    public MetaRecord {
        Check.text("taskId", taskId);
        Check.name("model", model);
        Check.text("trainer", trainer);
        Check.text("metric", metric);
        Check.text("goal", goal);
        Check.present("at", at);
        Check.present("metaFeatures", metaFeatures);
        Check.present("space", space);
        Check.present("bestParameters", bestParameters);
        trials = List.copyOf(Check.present("trials", trials));
    }

    /** The same with other evaluations. */
    public MetaRecord withTrials(List<Evaluation> others) {
        return with(others, started, cpuMillis, liveGain, liveOutcome);
    }

    /** The same with what the study took. */
    public MetaRecord withEffort(@Nullable Integer trialsStarted, @Nullable Long millis) {
        return with(trials, trialsStarted, millis, liveGain, liveOutcome);
    }

    /** The same with how the winner fared; nothing is known of it where both are absent. */
    public MetaRecord withLive(@Nullable Double gain, RolloutStatus.@Nullable Phase outcome) {
        return with(trials, started, cpuMillis, gain, outcome);
    }

    @SuppressWarnings("NullAway") // liveOutcome may be null; the check does not see that of a nested type
    private MetaRecord with(
            List<Evaluation> others,
            @Nullable Integer trialsStarted,
            @Nullable Long millis,
            @Nullable Double gain,
            RolloutStatus.@Nullable Phase outcome) {
        return new MetaRecord(
                taskId,
                model,
                trainer,
                metric,
                goal,
                at,
                metaFeatures,
                space,
                bestParameters,
                bestValue,
                others,
                trialsStarted,
                millis,
                gain,
                outcome);
    }

    /**
     * An evaluated configuration.
     *
     * @param parameters the configuration
     * @param value its value
     * @param trial the number of its trial, from 0 in the order in which they were started; absent where it is not known
     */
    public record Evaluation(
            Map<String, Object> parameters,
            double value,
            @Nullable Integer trial) {}
}
