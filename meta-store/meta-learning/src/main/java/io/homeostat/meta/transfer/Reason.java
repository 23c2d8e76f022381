package io.homeostat.meta.transfer;

import io.homeostat.meta.similarity.Neighbour;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words for where a configuration comes from. */
final class Reason {
    private static final List<String> PLACES = List.of("best", "second best", "third best");

    private Reason() {}

    /** For example {@code second best of task t1 of model loans (2026-05-01T10:00:00Z); t1 is 0.31 spreads away; …}. */
    static String of(TaskRecord record, int place, @Nullable Neighbour neighbour) {
        return PLACES.get(place) + " of task " + record.taskId() + " of model " + record.model() + " (" + record.at()
                + "); "
                + (neighbour == null ? "its data cannot be compared." : neighbour.explanation());
    }
}
