package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record in the words of transfer, and what those leave out.
 *
 * @param metric the objective's name
 * @param outcome how its rollout ended
 */
record Noted(String metric, RolloutStatus.@Nullable Phase outcome) {

    static Noted of(MetaRecord record) {
        return new Noted(record.metric(), record.liveOutcome());
    }

    /** The task of a record that {@link Unusable} has nothing against. */
    static TaskRecord task(MetaRecord record) {
        List<EvaluatedConfiguration> trials = record.trials().stream()
                .filter(Noted::isWhole)
                .map(trial -> new EvaluatedConfiguration(trial.parameters(), trial.value()))
                .toList();
        return new TaskRecord(
                record.taskId(),
                record.model(),
                record.trainer(),
                record.at(),
                record.metaFeatures(),
                record.bestParameters(),
                record.bestValue(),
                Goal.parse(record.goal()),
                trials,
                record.liveGain(),
                outcome(record.liveOutcome()),
                record.space());
    }

    @SuppressWarnings("ConstantConditions") // what was written by others may lack its parameters
    static boolean isWhole(MetaRecord.Evaluation trial) {
        return trial.parameters() != null;
    }

    /** The record that a task was made of. */
    @SuppressWarnings("NullAway") // liveOutcome may be null; the check does not see that of a nested type
    MetaRecord record(TaskRecord task) {
        return new MetaRecord(
                task.taskId(),
                task.model(),
                task.trainer(),
                metric,
                task.goal().toString(),
                task.at(),
                task.metaFeatures(),
                task.space(),
                task.bestParameters(),
                task.bestValue(),
                task.trials().stream()
                        .map(trial -> new MetaRecord.Evaluation(trial.parameters(), trial.value()))
                        .toList(),
                task.liveGain(),
                outcome);
    }

    private static @Nullable LiveOutcome outcome(RolloutStatus.@Nullable Phase phase) {
        if (phase == null) {
            return null;
        }
        return switch (phase) {
            case PROMOTED -> LiveOutcome.PROMOTED;
            case ROLLED_BACK -> LiveOutcome.ROLLED_BACK;
            case SHADOW, CANARY, HELD, WATCHING, REFUSED -> LiveOutcome.UNDECIDED;
        };
    }
}
