package io.homeostat.metastore.recommend;

import io.homeostat.meta.index.Near;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * What records were found to say in a space, and with that the surrogates fitted to them: the most part of an answer's time.
 * The {@value #MOST} that were asked for last are kept, about 30 kB each.
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

    private record Key(String taskId, long version, String space) {}

    /** Reads tasks that are near in a space, each with so many evaluations at most. */
    BiFunction<TaskRecord, Space, PastTask.Reading> of(Space target, Near near, int evaluations) {
        String written = target.toMap().toString();
        Map<String, Near.Task> tasks = near.byId();
        return (outline, space) -> {
            Near.Task task = Objects.requireNonNull(tasks.get(outline.taskId()));
            return read(new Key(outline.taskId(), task.version(), written), task, space, evaluations);
        };
    }

    private PastTask.Reading read(Key key, Near.Task task, Space space, int evaluations) {
        synchronized (known) {
            PastTask.Reading before = known.get(key);
            if (before != null) {
                return before;
            }
        }
        PastTask.Reading reading = PastTask.read(task.whole().withTrials(evaluations), space);
        synchronized (known) {
            known.put(key, reading);
        }
        return reading;
    }
}
