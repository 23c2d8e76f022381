package io.homeostat.metastore.recommend;

import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What records were found to say in a space, and with that the surrogates fitted to them: the most part of an answer's time.
 * The {@value #MOST} that were asked for last are kept, about 20 kB each.
 */
final class KnownReadings {
    private static final int MOST = 2_000;

    private final Map<Key, Known> known = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String taskId, String space) {}

    private record Known(TaskRecord record, PastTask.Reading reading) {}

    /** Reads records in a space, each with so many evaluations at most. */
    BiFunction<TaskRecord, Space, PastTask.Reading> of(Space target, int evaluations) {
        String written = target.toMap().toString();
        return (record, space) -> read(new Key(record.taskId(), written), record, space, evaluations);
    }

    private PastTask.Reading read(Key key, TaskRecord record, Space space, int evaluations) {
        synchronized (known) {
            Known before = known.get(key);
            if (before != null && before.record.equals(record)) {
                return before.reading;
            }
        }
        PastTask.Reading reading = PastTask.read(record.withTrials(evaluations), space);
        synchronized (known) {
            known.put(key, new Known(record, reading));
        }
        return reading;
    }
}
