package io.homeostat.metastore.record;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the lessons of a record that came from elsewhere: what its study found, and how its winner did, if it says so. */
public final class ImportedRecord {
    private ImportedRecord() {}

    /** One lesson or two, in order. */
    public static List<Lesson> lessons(MetaRecord record) {
        MetaRecord found = record.withLive(null, null);
        List<Lesson> lessons = new ArrayList<>();
        lessons.add(new Lesson.Learned(found, record.trials().size(), Map.of()));
        RolloutStatus.Phase outcome = record.liveOutcome();
        if (outcome != null && outcome.isEnd()) {
            LiveResult result = new LiveResult(outcome, record.liveGain(), record.at());
            lessons.add(new Lesson.Outcome(record.taskId(), record.model(), result, "imported"));
        }
        return lessons;
    }
}
