package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records as the warm start takes them.
 *
 * @param usable those that can be taken
 * @param refused those that cannot, with reasons
 */
record TaskRecords(List<TaskRecord> usable, List<IgnoredRecord> refused) {

    static TaskRecords of(Collection<MetaRecord> records) {
        List<TaskRecord> usable = new ArrayList<>();
        List<IgnoredRecord> refused = new ArrayList<>();
        for (MetaRecord record : records) {
            try {
                usable.add(task(record, Goal.parse(record.goal())));
            } catch (IllegalArgumentException e) {
                refused.add(new IgnoredRecord(record.taskId(), String.valueOf(e.getMessage())));
            }
        }
        return new TaskRecords(usable, refused);
    }

    private static TaskRecord task(MetaRecord record, Goal goal) {
        List<EvaluatedConfiguration> trials = record.trials().stream()
                .filter(trial -> trial.parameters() != null)
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
                goal,
                trials,
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
