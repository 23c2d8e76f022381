package io.homeostat.meta.index;

import io.homeostat.meta.index.Groups.Group;
import io.homeostat.meta.index.Groups.Members;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many tasks in memory, and those few of them that a search may learn from.
 *
 * <p><b>Idea.</b> What transfer costs grows with the tasks it looks at, so it should see those only that can matter. Tasks are
 * packed, and grouped by model and {@link Layout}: whether a search shares a parameter with them is asked once per group. Their
 * meta-features are rows of one array ({@link FeatureRows}). The data of a model's tasks is alike, so each group has a {@link Box}
 * around its features: groups are looked at in the order of their boxes' distances, until no other can have a task that is near
 * enough; only what is near is unpacked. At most O(tasks · features) per search.
 *
 * <p>Distances are in spreads over all tasks, found again by {@link #settle}, or when more than one in ten has changed.
 *
 * <p>Not for several threads, but that any number may read while nobody writes.
 */
public final class TaskIndex {
    private static final int LEAST_SLOTS = 64;
    private static final int LEAST_UNCHANGED = 10; // of one that changed
    private static final int LEAST_UNCHANGED_IF_SETTLED = 100;

    /** A task by its slot, in order of preference: by distance, then the newest, then by id. */
    private record Found(double distance, int slot, Instant at, String taskId) {
        static final Comparator<Found> BEST_FIRST = Comparator.comparingDouble(Found::distance)
                .thenComparing(Found::at, Comparator.reverseOrder())
                .thenComparing(Found::taskId);
    }

    private final Map<String, Integer> slots = new HashMap<>();
    private final List<PackedTask> tasks = new ArrayList<>();
    private int[] groupOf = new int[LEAST_SLOTS];
    private long[] endedAt = new long[LEAST_SLOTS]; // in seconds: a task that ended too early is not looked at
    private long[] versions = new long[LEAST_SLOTS];
    private long puts;
    private final FeatureRows features = new FeatureRows();
    private final Groups groups = new Groups();
    private ScaledDistance scale = ScaledDistance.fit(List.of());
    private long changes;

    /** A task on its way in; packing, which is most of the work, needs no index. */
    public static final class Packed {
        private final PackedTask task;
        private final Map<String, Double> metaFeatures;

        /** Packs a task. */
        public Packed(TaskRecord record) {
            task = new PackedTask(record);
            metaFeatures = record.metaFeatures();
        }
    }

    /** Adds a task, or puts it in the place of the one with its id. */
    public void put(TaskRecord record) {
        put(new Packed(record));
    }

    /** Adds a task, or puts it in the place of the one with its id. */
    public void put(Packed packed) {
        Integer known = slots.get(packed.task.taskId);
        int slot = known == null ? tasks.size() : known;
        int group = groups.enter(packed.task.group, slot);
        PackedTask task = packed.task.in(groups.get(group));
        if (known == null) {
            slots.put(task.taskId, slot);
            tasks.add(task);
            features.add(packed.metaFeatures);
            if (slot == groupOf.length) {
                groupOf = Arrays.copyOf(groupOf, 2 * slot);
                endedAt = Arrays.copyOf(endedAt, 2 * slot);
                versions = Arrays.copyOf(versions, 2 * slot);
            }
        } else {
            groups.leave(groupOf[slot], slot);
            tasks.set(slot, task);
            features.set(slot, packed.metaFeatures);
        }
        groupOf[slot] = group;
        endedAt[slot] = task.at.getEpochSecond();
        versions[slot] = ++puts;
        groups.widen(group, slot, features);
        changes++;
    }

    /** Takes a task out, if it is there. */
    public void remove(String taskId) {
        Integer slot = slots.remove(taskId);
        if (slot == null) {
            return;
        }
        groups.leave(groupOf[slot], slot);
        PackedTask last = tasks.remove(tasks.size() - 1);
        if (slot < tasks.size()) {
            tasks.set(slot, last);
            slots.put(last.taskId, slot);
            groupOf[slot] = groupOf[tasks.size()];
            endedAt[slot] = endedAt[tasks.size()];
            versions[slot] = versions[tasks.size()];
            groups.move(groupOf[slot], tasks.size(), slot);
        }
        features.remove(slot);
        changes++;
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.size();
    }

    /** How many trials they have together. */
    public long trials() {
        return tasks.stream().mapToLong(PackedTask::trials).sum();
    }

    /** How many of them have no meta-feature, and so no distance to any other. */
    public int withoutFeatures() {
        int count = 0;
        for (int slot = 0; slot < tasks.size(); slot++) {
            count += features.empty(slot) ? 1 : 0;
        }
        return count;
    }

    /** Search spaces in their written form, with how many tasks searched there; the most used first. */
    public List<Map.Entry<Map<String, Object>, Integer>> spaces() {
        Map<Map<String, Object>, Integer> counts = new HashMap<>();
        groups.sizes().forEach((group, count) -> counts.merge(group.layout().space(), count, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Map<String, Object>, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString()))
                .toList();
    }

    /** A task. */
    public Optional<TaskRecord> find(String taskId) {
        return Optional.ofNullable(slots.get(taskId)).map(this::unpacked);
    }

    private TaskRecord unpacked(int slot) {
        return tasks.get(slot).unpacked(features.get(slot));
    }

    private Near.Task task(int slot) {
        return new Near.Task(tasks.get(slot), features.get(slot), versions[slot]);
    }

    /** Whether a task is there. */
    public boolean contains(String taskId) {
        return slots.containsKey(taskId);
    }

    /** Models, with how many tasks each has. */
    public SortedMap<String, Integer> models() {
        SortedMap<String, Integer> models = new TreeMap<>();
        groups.sizes().forEach((group, count) -> models.merge(group.model(), count, Integer::sum));
        return models;
    }

    /** When the tasks ended, in no order. */
    public Stream<Instant> times() {
        return tasks.stream().map(task -> task.at);
    }

    /**
     * Tasks by age.
     *
     * @param model whose, by name
     * @param skip how many of the newest to pass over, 0 and up
     * @param most how many at most
     */
    public List<TaskRecord> newest(Predicate<String> model, long skip, int most) {
        return newestSlots(model).skip(skip).limit(most).map(this::unpacked).toList();
    }

    /** The ids of all tasks of models by name, the newest first. */
    public List<String> newestIds(Predicate<String> model) {
        return newestSlots(model).map(slot -> tasks.get(slot).taskId).toList();
    }

    private Stream<Integer> newestSlots(Predicate<String> model) {
        return IntStream.range(0, tasks.size())
                .filter(slot -> model.test(groups.get(groupOf[slot]).model()))
                .boxed()
                .sorted(Comparator.<Integer, Instant>comparing(slot -> tasks.get(slot).at, Comparator.reverseOrder())
                        .thenComparing(slot -> tasks.get(slot).taskId));
    }

    /** The distance, in the spreads of all tasks, or of nine of ten of them. */
    public ScaledDistance scale() {
        return scaled(LEAST_UNCHANGED);
    }

    /**
     * Finds the spreads anew if more than one task in a hundred has changed since. Half a second for 10⁵ tasks, so that whoever
     * writes may call it now and then, rather than that who asks has to wait.
     */
    public void settle() {
        scaled(LEAST_UNCHANGED_IF_SETTLED);
    }

    private synchronized ScaledDistance scaled(int leastUnchanged) {
        if (changes * leastUnchanged > tasks.size()) {
            changes = 0;
            scale = features.scale();
            groups.boxAll(features);
        }
        return scale;
    }

    /** The tasks nearest to a data set, whatever was tuned; those that share no meta-feature with it are not among them. */
    public List<TaskRecord> nearest(Map<String, Double> metaFeatures, int most, Predicate<String> trainer) {
        FeatureRows.Distances distances = features.to(metaFeatures, scale());
        PriorityQueue<Found> near = new PriorityQueue<>(Found.BEST_FIRST.reversed());
        for (int slot = 0; slot < tasks.size(); slot++) {
            double distance = distances.of(slot, bound(near, most));
            if (Double.isFinite(distance)
                    && trainer.test(groups.get(groupOf[slot]).layout().trainer())) {
                keep(near, slot, distance, most);
            }
        }
        return bestFirst(near).stream().map(found -> unpacked(found.slot)).toList();
    }

    /**
     * The tasks that a search may learn from.
     *
     * @param mostOwn of its model, the newest, at most so many
     * @param mostOthers of others, the nearest, at most so many
     */
    public Near near(Target target, int mostOwn, int mostOthers) {
        int[] counts = new int[Use.values().length];
        FeatureRows.Distances distances = features.to(target.metaFeatures(), scale());
        PriorityQueue<Found> own = new PriorityQueue<>(Found.BEST_FIRST.reversed());
        List<Promising> promising = new ArrayList<>();
        for (Members members : groups.all()) {
            Use use = use(members.group(), target);
            counts[use.ordinal()] += members.size();
            for (int i = 0; use == Use.OWN && i < members.size(); i++) {
                keep(own, members.slot(i), 0, mostOwn);
            }
            if (use == Use.OTHER) {
                Box box = members.box();
                promising.add(new Promising(box == null ? 0 : distances.atLeast(box), members));
            }
        }
        PriorityQueue<Found> others = nearest(promising, distances, mostOthers);
        counts[Use.OWN.ordinal()] -= own.size();
        counts[Use.OTHER.ordinal()] -= others.size();
        List<Found> found = new ArrayList<>(bestFirst(own));
        found.addAll(bestFirst(others));
        return new Near(
                found.stream().map(each -> task(each.slot)).toList(), scale, passedOver(counts, mostOwn, mostOthers));
    }

    /** A group that may have near tasks, and how near at most. */
    private record Promising(double atLeast, Members members) {}

    private PriorityQueue<Found> nearest(List<Promising> promising, FeatureRows.Distances distances, int most) {
        promising.sort(Comparator.comparingDouble(Promising::atLeast));
        PriorityQueue<Found> near = new PriorityQueue<>(Found.BEST_FIRST.reversed());
        for (Promising each : promising) {
            if (each.atLeast > bound(near, most)) {
                break;
            }
            for (int i = 0; i < each.members.size(); i++) {
                int slot = each.members.slot(i);
                keep(near, slot, distances.of(slot, bound(near, most)), most);
            }
        }
        return near;
    }

    /** What a search can do with a group, and why a task of it may not be among those it learns from. */
    private enum Use {
        OWN("It is older than the newest %d of the model."),
        OTHER("It is farther away than the nearest %d."),
        ANOTHER_TRAINER("Its trainer is another one."),
        NOTHING_SHARED("It shares no parameter with the new space.");

        private final String reason;

        Use(String reason) {
            this.reason = reason;
        }
    }

    private static Use use(Group group, Target target) {
        if (!group.layout().trainer().equals(target.trainer())) {
            return Use.ANOTHER_TRAINER;
        }
        if (!group.layout().shares(target.space())) {
            return Use.NOTHING_SHARED;
        }
        return group.model().equals(target.model()) ? Use.OWN : Use.OTHER;
    }

    private static Map<String, Integer> passedOver(int[] counts, int mostOwn, int mostOthers) {
        Map<String, Integer> passedOver = new TreeMap<>();
        for (Use use : Use.values()) {
            if (counts[use.ordinal()] > 0) {
                String reason = String.format(Locale.ROOT, use.reason, use == Use.OWN ? mostOwn : mostOthers);
                passedOver.put(reason, counts[use.ordinal()]);
            }
        }
        return passedOver;
    }

    /* How far the farthest is, if there is no room for another one. */
    private static double bound(PriorityQueue<Found> best, int most) {
        Found worst = best.peek();
        return best.size() < most || worst == null ? Double.POSITIVE_INFINITY : worst.distance;
    }

    private void keep(PriorityQueue<Found> best, int slot, double distance, int most) {
        Found worst = best.size() < most ? null : best.peek();
        if (worst != null && (distance > worst.distance || tooOld(worst, slot, distance))) {
            return;
        }
        PackedTask task = tasks.get(slot);
        Found found = new Found(distance, slot, task.at, task.taskId);
        if (worst == null) {
            best.add(found);
        } else if (Found.BEST_FIRST.compare(found, worst) < 0) {
            best.remove();
            best.add(found);
        }
    }

    private boolean tooOld(Found worst, int slot, double distance) {
        return distance == worst.distance && endedAt[slot] < worst.at.getEpochSecond();
    }

    private static List<Found> bestFirst(PriorityQueue<Found> best) {
        return best.stream().sorted(Found.BEST_FIRST).toList();
    }
}
