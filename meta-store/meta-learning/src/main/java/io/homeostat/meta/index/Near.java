package io.homeostat.meta.index;

import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.List;
import java.util.Map;

/**
 * The tasks that a search may learn from, of all that are known.
 *
 * @param records the model's own newest first, then those of others, nearest first, and at equal distances the newest
 * @param scale the distance, in the spreads of all tasks
 * @param passedOver why the others are not among them, in a sentence → how many
 */
public record Near(List<TaskRecord> records, ScaledDistance scale, Map<String, Integer> passedOver) {
    public Near {
        records = List.copyOf(records);
        passedOver = Map.copyOf(passedOver);
    }
}
