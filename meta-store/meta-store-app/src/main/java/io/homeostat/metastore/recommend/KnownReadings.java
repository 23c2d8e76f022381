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
 * What records were found to say in a space, and with that the surrogates fitted to them: half of an answer's time. Those that
 * were asked for twice are kept, the {@value #MOST} last ones, about 30 kB each. To keep all would be in vain mostly, for a new
 * model's question comes once, and the collector would have to carry all of them along: that was what made some answers slow.
 */
final class KnownReadings {
    private static final int MOST = 2_000;
    private static final int MOST_ASKED = 20_000;

    private final Recent<Key, PastTask.Reading> known = new Recent<>(MOST);
    private final Recent<Key, Boolean> asked = new Recent<>(MOST_ASKED);

    private record Key(long version, String space) {}

    /** The entries that were used last. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private final int most;

        Recent(int most) {
            super(16, .75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** Reads tasks that are near in a space, each with so many evaluations at most. */
    BiFunction<TaskRecord, Space, PastTask.Reading> of(Space target, Near near, int evaluations) {
        String written = target.toMap().toString();
        Map<String, Near.Task> tasks = near.byId();
        return (outline, space) -> {
            Near.Task task = Objects.requireNonNull(tasks.get(outline.taskId()));
            return read(new Key(task.version(), written), task, space, evaluations);
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
            if (asked.put(key, true) != null) {
                known.put(key, reading);
            }
        }
        return reading;
    }
}
