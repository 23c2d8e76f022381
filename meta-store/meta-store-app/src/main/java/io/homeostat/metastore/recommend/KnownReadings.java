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

    private final Map<Key, PastTask.Reading> known = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PastTask.Reading> eldest) {
            return size() > MOST;
        }
    };

    private record Key(TaskRecord record, String space) {}

    /** Reads records in a space, each with so many evaluations at most. */
    BiFunction<TaskRecord, Space, PastTask.Reading> of(Space target, int evaluations) {
        String written = target.toMap().toString();
        return (record, space) -> read(new Key(record, written), space, evaluations);
    }

    private PastTask.Reading read(Key key, Space space, int evaluations) {
        synchronized (known) {
            PastTask.Reading reading = known.get(key);
            if (reading != null) {
                return reading;
            }
        }
        PastTask.Reading reading = PastTask.read(key.record.withTrials(evaluations), space);
        synchronized (known) {
            known.put(key, reading);
        }
        return reading;
    }
}
