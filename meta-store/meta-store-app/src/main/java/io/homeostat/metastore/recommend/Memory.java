package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.memory.RecordedTask;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.meta.index.Near;
import io.homeostat.meta.index.TaskIndex;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Every remembered task, packed, for any number of threads. A question holds up what is new for as long as it looks for the
 * tasks that matter (some milliseconds), not while it thinks about them.
 */
public final class Memory {
    private static final int MOST_UNUSABLE = 10_000;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final TaskIndex index = new TaskIndex();
    private final Map<String, Noted> noted = new HashMap<>();
    private final Map<String, Unusable> unusable = new LinkedHashMap<>();
    private final Recommender recommender = new Recommender();

    /** Learns of a record; it takes the place of an earlier one of its task. */
    public void put(MetaRecord record) {
        put(new Entry(record));
    }

    /** A record on its way in; what is made of it before needs no memory. */
    public static final class Entry {
        private final String taskId;
        private final Noted noted;
        private final Optional<Unusable> useless;
        private final Optional<TaskIndex.Packed> packed;

        /** Reads a record. */
        public Entry(MetaRecord record) {
            taskId = record.taskId();
            noted = Noted.of(record);
            useless = Unusable.of(record);
            packed =
                    useless.isPresent() ? Optional.empty() : Optional.of(new TaskIndex.Packed(RecordedTask.of(record)));
        }
    }

    /** Learns of a record; it takes the place of an earlier one of its task. */
    public void put(Entry entry) {
        entry.useless.ifPresent(this::ignore);
        entry.packed.ifPresent(packed -> writing(() -> {
            unusable.remove(entry.taskId);
            index.put(packed);
            noted.put(entry.taskId, entry.noted);
        }));
    }

    /** Learns of a record that cannot be read. */
    public void unreadable(String taskId, String problem) {
        ignore(Unusable.unreadable(taskId, problem));
    }

    /** To be called now and then after changes, when nobody waits for it; see {@link TaskIndex#settle}. */
    public void settle() {
        lock.readLock().lock();
        try {
            index.settle();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void ignore(Unusable useless) {
        writing(() -> {
            forgetNow(useless.taskId());
            if (unusable.size() < MOST_UNUSABLE) {
                unusable.put(useless.taskId(), useless);
            }
        });
    }

    /** Learns that a task is forgotten. */
    public void forget(String taskId) {
        writing(() -> forgetNow(taskId));
    }

    private void forgetNow(String taskId) {
        unusable.remove(taskId);
        index.remove(taskId);
        noted.remove(taskId);
    }

    private void writing(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T reading(Supplier<T> look) {
        lock.readLock().lock();
        try {
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** How many tasks are remembered. */
    public int size() {
        return reading(index::size);
    }

    /** How many records no search can use. */
    public int unusable() {
        return reading(unusable::size);
    }

    /** The record of a task. */
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
     * All records of models by name, the newest first. One is unpacked at a time, so that all of them take no memory; what is
     * forgotten meanwhile is not among them.
     */
    public Iterable<MetaRecord> all(Predicate<String> model) {
        List<String> ids = reading(() -> index.newestIds(model));
        return () -> ids.stream().flatMap(id -> find(id).stream()).iterator();
    }

    /** How many tasks models have, by name. */
    public int count(Predicate<String> model) {
        return reading(() -> index.models().entrySet().stream()
                .filter(entry -> model.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum());
    }

    /**
     * What to try first.
     *
     * @throws io.homeostat.study.space.SpaceException if the question's space is none
     */
    public Answer answer(Question question) {
        Target target = question.target();
        Near near = reading(() -> index.near(target));
        return recommender.answer(question, target, near);
    }

    /** The tasks whose data is nearest. */
    public Nearby nearby(Nearby.Question question) {
        record Seen(List<TaskRecord> tasks, ScaledDistance scale, int all) {}
        Seen seen = reading(() -> new Seen(
                index.nearest(question.features(), question.most(), question::asksFor), index.scale(), index.size()));
        return Nearby.of(question, seen.tasks, seen.scale, seen.all);
    }

    /**
     * What is remembered, in numbers.
     *
     * @param leftOut what was not remembered, and why → how many
     */
    public Statistics statistics(Map<String, Long> leftOut, Instant now) {
        return reading(() -> Statistics.of(index, noted.values(), unusable.values(), leftOut, now));
    }
}
