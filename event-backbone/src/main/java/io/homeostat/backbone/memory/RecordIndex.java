package io.homeostat.backbone.memory;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.meta.index.Near;
import io.homeostat.meta.index.TaskIndex;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The topic of records in memory, packed, for any number of threads: see {@link TaskIndex}. A whole record can be made of it
 * again. A question holds up what is new for as long as it looks for the tasks that matter (some milliseconds).
 *
 * <p>What no search can use is known by name with the reason, the first {@value #MOST_UNUSABLE} at a time.
 */
public final class RecordIndex {
    private static final int MOST_UNUSABLE = 10_000;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Noted> noted = new HashMap<>();
    private final Map<String, Unusable> unusable = new LinkedHashMap<>();
    private TaskIndex index = new TaskIndex();

    /** An index of these records. */
    public static RecordIndex of(Collection<MetaRecord> records) {
        RecordIndex index = new RecordIndex();
        records.forEach(record -> index.put(new Entry(record)));
        return index;
    }

    /** What a message of the topic says of a task; to read and to pack it, which is most of the work, needs no index. */
    public static final class Entry {
        private final String taskId;
        private final @Nullable Noted noted;
        private final @Nullable Unusable useless;
        private final TaskIndex.@Nullable Packed packed;

        /** Packs a record. */
        public Entry(MetaRecord record) {
            taskId = record.taskId();
            useless = Unusable.of(record).orElse(null);
            noted = useless == null ? Noted.of(record) : null;
            packed = useless == null ? new TaskIndex.Packed(RecordedTask.of(record)) : null;
        }

        private Entry(String taskId, @Nullable Unusable useless) {
            this.taskId = taskId;
            this.useless = useless;
            noted = null;
            packed = null;
        }

        /**
         * Reads a message.
         *
         * @param taskId its key
         * @param json a record; null says that the task is forgotten
         */
        public static Entry read(String taskId, byte @Nullable [] json) {
            if (json == null) {
                return new Entry(taskId, null);
            }
            try {
                return new Entry(Json.read(json, MetaRecord.class));
            } catch (InvalidValueException e) {
                return new Entry(taskId, Unusable.unreadable(taskId, String.valueOf(e.getMessage())));
            }
        }

        /** Why no search can use it, if none can. */
        public Optional<Unusable> unusable() {
            return Optional.ofNullable(useless);
        }
    }

    /** Takes a message in; it takes the place of an earlier one of its task. */
    public void put(Entry entry) {
        writing(() -> {
            if (entry.packed != null && entry.noted != null) {
                unusable.remove(entry.taskId);
                index.put(entry.packed);
                noted.put(entry.taskId, entry.noted);
                return;
            }
            index.remove(entry.taskId);
            noted.remove(entry.taskId);
            unusable.remove(entry.taskId);
            if (entry.useless != null && unusable.size() < MOST_UNUSABLE) {
                unusable.put(entry.taskId, entry.useless);
            }
        });
    }

    /** Forgets all. */
    public void clear() {
        writing(() -> {
            index = new TaskIndex();
            noted.clear();
            unusable.clear();
        });
    }

    /** To be called now and then after changes, when nobody waits for it; see {@link TaskIndex#settle}. */
    public void settle() {
        reading(() -> {
            index.settle();
            return index;
        });
    }

    private void writing(Runnable change) {
        locked(lock.writeLock(), () -> {
            change.run();
            return index;
        });
    }

    private <T> T reading(Supplier<T> look) {
        return locked(lock.readLock(), look);
    }

    private static <T> T locked(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks a search can use. */
    public int size() {
        return reading(() -> index.size());
    }

    /** What no search can use, in order of arrival; at most {@value #MOST_UNUSABLE}. */
    public List<Unusable> unusable() {
        return reading(() -> List.copyOf(unusable.values()));
    }

    /** How many records no search can use, up to {@value #MOST_UNUSABLE}. */
    public int unusables() {
        return reading(unusable::size);
    }

    /** The record of a task, if it is there and of use. */
    public Optional<MetaRecord> find(String taskId) {
        return reading(() -> index.find(taskId).map(this::record));
    }

    private MetaRecord record(TaskRecord task) {
        return Objects.requireNonNull(noted.get(task.taskId())).record(task);
    }

    /**
     * Records by age.
     *
     * @param model whose, by name
     * @param skip how many of the newest to pass over, 0 and up
     * @param most how many at most
     */
    public List<MetaRecord> newest(Predicate<String> model, long skip, int most) {
        return reading(
                () -> index.newest(model, skip, most).stream().map(this::record).toList());
    }

    /**
     * Records by age, the newest first. One is unpacked at a time, so that all of them take no memory; what is forgotten meanwhile is
     * not among them.
     *
     * @param model whose, by name
     * @param skip how many of the newest to pass over, 0 and up
     * @param most how many at most
     */
    public Iterable<MetaRecord> all(Predicate<String> model, long skip, long most) {
        List<String> ids = reading(() -> index.newestIds(model));
        return () -> ids.stream()
                .skip(skip)
                .limit(most)
                .flatMap(id -> find(id).stream())
                .iterator();
    }

    /** The tasks that a search may learn from; see {@link TaskIndex#near}. */
    public Near near(Target target, int mostOwn, int mostOthers) {
        return reading(() -> index.near(target, mostOwn, mostOthers));
    }

    /** The distance, in the spreads of all tasks. */
    public ScaledDistance scale() {
        return reading(() -> index.scale());
    }

    /** Looks at the tasks while nothing changes; whatever else is asked of this index meanwhile fits to them. */
    public <T> T look(Function<TaskIndex, T> look) {
        return reading(() -> look.apply(index));
    }

    /** How the rollouts of the tasks' winners ended, empty where it is not known → how many. */
    public Map<Optional<RolloutStatus.Phase>, Long> outcomes() {
        return reading(() -> noted.values().stream()
                .collect(Collectors.groupingBy(each -> Optional.ofNullable(each.outcome()), Collectors.counting())));
    }
}
