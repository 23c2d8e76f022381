package io.homeostat.meta.transfer;

import io.homeostat.meta.similarity.Nearest;
import io.homeostat.meta.similarity.Neighbour;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.study.space.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What earlier tasks say about a search: those of the model itself, newest first, then those of others, nearest first.
 *
 * <p>At most {@value #MOST_TASKS} are kept, at most half of them the model's own as long as there are others. The same
 * records in any order give the same.
 *
 * @param target the search
 * @param tasks the model's own newest first, then others nearest first, those without a common meta-feature last
 * @param distances to the target's data in spreads, task by task; empty where no meta-feature is shared
 * @param ignored records that were not used, newest first; at most 100
 * @param ignoredInAll how many were not used
 */
public record Past(
        Target target,
        List<PastTask> tasks,
        List<OptionalDouble> distances,
        List<IgnoredRecord> ignored,
        int ignoredInAll) {
    /** Tasks kept at most. */
    public static final int MOST_TASKS = 64;

    /** Records looked at, the newest ones. */
    public static final int MOST_RECORDS = 10_000;

    private static final int MOST_LISTED = 100;

    private static final Comparator<TaskRecord> NEWEST_FIRST =
            Comparator.comparing(TaskRecord::at).reversed().thenComparing(TaskRecord::taskId);

    public Past {
        tasks = List.copyOf(tasks);
        distances = List.copyOf(distances);
        ignored = ignored.stream().limit(MOST_LISTED).toList();
    }

    /** Reads records, of more than {@value #MOST_RECORDS} the newest. */
    public static Past of(Target target, Collection<TaskRecord> records) {
        return of(target, records, PastTask::read);
    }

    /**
     * Reads records as someone else reads them, who may have done it before.
     *
     * @param reading a record and the target's space → what {@link PastTask#read} says of them
     */
    public static Past of(
            Target target, Collection<TaskRecord> records, BiFunction<TaskRecord, Space, PastTask.Reading> reading) {
        return read(target, records, ScaledDistance::fit, MOST_TASKS, reading);
    }

    /**
     * Reads records that were chosen from many more.
     *
     * @param scale the distance, scaled by all of them
     * @param most tasks to keep, 1 to {@value #MOST_TASKS}
     * @param reading a record and the target's space → what {@link PastTask#read} says of them
     */
    public static Past of(
            Target target,
            Collection<TaskRecord> records,
            ScaledDistance scale,
            int most,
            BiFunction<TaskRecord, Space, PastTask.Reading> reading) {
        if (most < 1 || most > MOST_TASKS) {
            throw new IllegalArgumentException("most: " + most + " is not in 1 to " + MOST_TASKS + ".");
        }
        return read(target, records, features -> scale, most, reading);
    }

    private static Past read(
            Target target,
            Collection<TaskRecord> records,
            Function<Collection<Map<String, Double>>, ScaledDistance> scaling,
            int most,
            BiFunction<TaskRecord, Space, PastTask.Reading> reading) {
        Reader reader = new Reader(target, reading);
        List<TaskRecord> usable = reader.sameTrainer(records);
        Map<String, OptionalDouble> distances = distances(target, usable, scaling);
        List<TaskRecord> own = usable.stream()
                .filter(record -> record.model().equals(target.model()))
                .toList();
        // the sort is stable: without a distance, and at equal ones, the newest stays first
        List<TaskRecord> others = usable.stream()
                .filter(record -> !record.model().equals(target.model()))
                .sorted(Comparator.comparingDouble(record -> distances
                        .getOrDefault(record.taskId(), OptionalDouble.empty())
                        .orElse(Double.POSITIVE_INFINITY)))
                .toList();
        List<PastTask> ownRead = reader.read(own, 0, Math.max(1, most / 2));
        List<PastTask> othersRead = reader.read(others, 0, most - ownRead.size());
        int left = most - ownRead.size() - othersRead.size();
        List<PastTask> olderRead = reader.read(own, reader.looked(own), left);
        List<PastTask> tasks =
                Stream.of(ownRead, olderRead, othersRead).flatMap(List::stream).toList();
        return new Past(
                target,
                tasks,
                tasks.stream()
                        .map(task -> distances.getOrDefault(task.record().taskId(), OptionalDouble.empty()))
                        .toList(),
                reader.ignored,
                reader.ignored.size());
    }

    /** Reads one record after the other, and keeps why some are of no use. */
    private static final class Reader {
        private final Target target;
        private final List<IgnoredRecord> ignored = new ArrayList<>();
        private final Set<String> looked = new HashSet<>();
        private final BiFunction<TaskRecord, Space, PastTask.Reading> reading;

        Reader(Target target, BiFunction<TaskRecord, Space, PastTask.Reading> reading) {
            this.target = target;
            this.reading = reading;
        }

        /** Newest first, one of each task. */
        List<TaskRecord> sameTrainer(Collection<TaskRecord> records) {
            List<TaskRecord> kept = new ArrayList<>();
            Set<String> known = new HashSet<>();
            for (TaskRecord record : records.stream().sorted(NEWEST_FIRST).toList()) {
                if (!record.trainer().equals(target.trainer())) {
                    ignore(record, "Its trainer is " + record.trainer() + ", not " + target.trainer() + ".");
                } else if (!known.add(record.taskId())) {
                    ignore(record, "A newer record of the same task is there.");
                } else if (kept.size() == MOST_RECORDS) {
                    ignore(record, "It is older than the newest " + MOST_RECORDS + " records.");
                } else {
                    kept.add(record);
                }
            }
            return kept;
        }

        List<PastTask> read(List<TaskRecord> records, int from, int most) {
            List<PastTask> tasks = new ArrayList<>();
            for (int i = from; i < records.size() && tasks.size() < most; i++) {
                looked.add(records.get(i).taskId());
                PastTask.Reading found = reading.apply(records.get(i), target.space());
                if (found instanceof PastTask.Taken taken) {
                    tasks.add(taken.task());
                } else if (found instanceof PastTask.Refused refused) {
                    ignore(records.get(i), refused.reason());
                }
            }
            return tasks;
        }

        int looked(List<TaskRecord> records) {
            return (int) records.stream()
                    .filter(record -> looked.contains(record.taskId()))
                    .count();
        }

        private void ignore(TaskRecord record, String reason) {
            ignored.add(new IgnoredRecord(record.taskId(), reason));
        }
    }

    private static Map<String, OptionalDouble> distances(
            Target target,
            Collection<TaskRecord> records,
            Function<Collection<Map<String, Double>>, ScaledDistance> scaling) {
        Map<String, Map<String, Double>> known = new HashMap<>();
        Map<String, OptionalDouble> distances = new HashMap<>();
        for (TaskRecord record : records) {
            known.put(record.taskId(), record.metaFeatures());
            distances.put(record.taskId(), OptionalDouble.empty());
        }
        ScaledDistance scale = scaling.apply(known.values());
        for (Neighbour neighbour :
                Nearest.to(target.metaFeatures(), known, scale).neighbours()) {
            distances.put(neighbour.taskId(), OptionalDouble.of(neighbour.distance()));
        }
        return distances;
    }

    /** Whether a task is one of the model's own. */
    public boolean own(PastTask task) {
        return task.record().model().equals(target.model());
    }

    /** All tasks, the newest first. */
    public List<PastTask> newestFirst() {
        return tasks.stream()
                .sorted(Comparator.comparing(PastTask::record, NEWEST_FIRST))
                .toList();
    }
}
