package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record in a list: without its trials, meta-features and space.
 *
 * @param trials how many trials the record holds
 */
public record RecordLine(
        String taskId,
        String model,
        String trainer,
        String metric,
        String goal,
        Instant at,
        Map<String, Object> bestParameters,
        double bestValue,
        int trials,
        @Nullable Double liveGain,
        RolloutStatus.@Nullable Phase liveOutcome) {
    static RecordLine of(MetaRecord record) {
        return new RecordLine(
                record.taskId(),
                record.model(),
                record.trainer(),
                record.metric(),
                record.goal(),
                record.at(),
                record.bestParameters(),
                record.bestValue(),
                record.trials().size(),
                record.liveGain(),
                record.liveOutcome());
    }
}
