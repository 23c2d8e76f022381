package io.homeostat.backbone.memory;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The task that a record tells of. */
public final class RecordedTask {
    private RecordedTask() {}

    /** The task of a record that {@link Unusable} has nothing against. */
    public static TaskRecord of(MetaRecord record) {
        List<EvaluatedConfiguration> trials = kept(record).stream()
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

    /** The trials that the task keeps, in its order: all, or of more than {@value TaskRecord#MOST_TRIALS} the best, best first. */
    static List<MetaRecord.Evaluation> kept(MetaRecord record) {
        List<MetaRecord.Evaluation> whole =
                record.trials().stream().filter(RecordedTask::isWhole).toList();
        return whole.size() <= TaskRecord.MOST_TRIALS
                ? whole
                : whole.stream()
                        .sorted(Goal.parse(record.goal()).bestFirst(MetaRecord.Evaluation::value))
                        .limit(TaskRecord.MOST_TRIALS)
                        .toList();
    }

    /** Whether a trial has parameters; what was written by others may lack them. */
    @SuppressWarnings("ConstantConditions")
    public static boolean isWhole(MetaRecord.Evaluation trial) {
        return trial.parameters() != null;
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
