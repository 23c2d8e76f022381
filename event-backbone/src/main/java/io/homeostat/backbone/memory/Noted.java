package io.homeostat.backbone.memory;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the words of transfer leave out of a record.
 *
 * @param metric the objective's name
 * @param started trials that were started, if known
 * @param cpuMillis processor time of all of them, if known
 * @param outcome how its rollout ended, if known
 * @param numbers of the trials that its task keeps, in their order; −1 where it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Noted(
        String metric,
        @Nullable Integer started,
        @Nullable Long cpuMillis,
        RolloutStatus.@Nullable Phase outcome,
        int[] numbers) {
    private static final int UNKNOWN = -1;

    static Noted of(MetaRecord record) {
        int[] numbers =
                RecordedTask.kept(record).stream().mapToInt(Noted::number).toArray();
        return new Noted(record.metric().intern(), record.started(), record.cpuMillis(), record.liveOutcome(), numbers);
    }

    private static int number(MetaRecord.Evaluation trial) {
        Integer number = trial.trial();
        return number == null ? UNKNOWN : number;
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
                IntStream.range(0, task.trials().size())
                        .mapToObj(i -> evaluation(task.trials().get(i), i))
                        .toList(),
                started,
                cpuMillis,
                task.liveGain(),
                outcome);
    }

    private MetaRecord.Evaluation evaluation(EvaluatedConfiguration trial, int i) {
        boolean known = i < numbers.length && numbers[i] != UNKNOWN;
        return new MetaRecord.Evaluation(trial.parameters(), trial.value(), known ? (Integer) numbers[i] : null);
    }
}
