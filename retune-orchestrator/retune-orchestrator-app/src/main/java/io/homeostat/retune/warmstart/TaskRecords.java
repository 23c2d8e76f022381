package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory's records in the words of the warm start. */
final class TaskRecords {
    private TaskRecords() {}

    static List<TaskRecord> of(Collection<MetaRecord> memory) {
        return memory.stream().map(TaskRecords::of).toList();
    }

    private static TaskRecord of(MetaRecord record) {
        return new TaskRecord(
                record.taskId(),
                record.model(),
                record.trainer(),
                record.at(),
                record.metaFeatures(),
                record.bestParameters(),
                record.bestValue(),
                "minimize".equals(record.goal()) ? Goal.MINIMIZE : Goal.MAXIMIZE,
                record.trials().stream()
                        .map(t -> new EvaluatedConfiguration(t.parameters(), t.value()))
                        .toList(),
                record.liveGain(),
                outcome(record.liveOutcome()),
                record.space());
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
