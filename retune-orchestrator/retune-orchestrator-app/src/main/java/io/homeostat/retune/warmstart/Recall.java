package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.meta.index.Near;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a search recalls of earlier ones: the model's own, newest first, then those on data most like its own.
 *
 * @param past the records that are of use, as points of the space that is searched now
 * @param unusable records of which no search can make use
 * @param passedOver why the others were not looked at → how many
 */
public record Recall(Past past, List<Unusable> unusable, Map<String, Integer> passedOver) {
    private static final int MOST_REASONS = 10;
    private static final int OTHERS =
            3 * Past.MOST_TASKS / 2; // that are looked at, for not all of them lie in the space

    /** What the records say that a search can learn from. */
    public static Recall of(ModelSpec spec, Space space, Map<String, Double> metaFeatures, RecordIndex records) {
        Target target = target(spec, space, metaFeatures);
        Near near = records.near(target, Past.MOST_TASKS, OTHERS);
        return new Recall(
                past(target, near.tasks().stream().map(Near.Task::whole).toList(), near.scale()),
                records.unusable(),
                near.passedOver());
    }

    /** What some tasks say, those that are still there. */
    public static Past of(
            ModelSpec spec, Space space, Map<String, Double> metaFeatures, RecordIndex records, List<String> taskIds) {
        List<TaskRecord> tasks = records.look(index ->
                taskIds.stream().map(index::find).flatMap(Optional::stream).toList());
        return past(target(spec, space, metaFeatures), tasks, records.scale());
    }

    private static Target target(ModelSpec spec, Space space, Map<String, Double> metaFeatures) {
        return new Target(spec.model(), spec.retune().trainer().trainerName(), metaFeatures, space);
    }

    private static Past past(Target target, List<TaskRecord> tasks, ScaledDistance scale) {
        WorldShare shares = new WorldShare(target.space(), target.metaFeatures());
        return Past.of(target, tasks.stream().map(shares::seen).toList(), scale, Past.MOST_TASKS, PastTask::read);
    }

    /** The tasks whose records are of use, in order. */
    public List<String> taskIds() {
        return past.tasks().stream().map(task -> task.record().taskId()).toList();
    }

    /** The records of use, in order. */
    public List<MetaRecord> records(RecordIndex records) {
        return taskIds().stream().map(records::find).flatMap(Optional::stream).toList();
    }

    /** The best of each task that differ, in order, each with where it comes from. */
    List<Recalled> best(int most) {
        List<Recalled> best = new ArrayList<>();
        for (int i = 0; i < past.tasks().size() && best.size() < most; i++) {
            Configuration configuration = past.tasks().get(i).configurations().get(0);
            if (best.stream().noneMatch(each -> each.configuration().equals(configuration))) {
                best.add(new Recalled(configuration, "the best of " + named(i)));
            }
        }
        return best;
    }

    /**
     * A configuration that was good before.
     *
     * @param reason where it comes from
     */
    record Recalled(Configuration configuration, String reason) {}

    /** What is used, and how far away its data is; and what is not, and why. For the ledger. */
    public Map<String, Object> inputs() {
        Map<String, Object> inputs = new TreeMap<>();
        inputs.put("records", taskIds());
        inputs.put("distances", past.distances().stream().map(Recall::text).toList());
        inputs.put("recordsOfNoUse", past.ignoredInAll() + unusable.size());
        inputs.put(
                "reasons",
                Stream.concat(
                                unusable.stream().map(each -> each.taskId() + ": " + each.reason()),
                                past.ignored().stream().map(each -> each.taskId() + ": " + each.reason()))
                        .limit(MOST_REASONS)
                        .toList());
        inputs.put("passedOver", passedOver);
        return inputs;
    }

    private String named(int i) {
        TaskRecord record = past.tasks().get(i).record();
        return past.own(past.tasks().get(i))
                ? "this model's task " + record.taskId()
                : "task " + record.taskId() + " of " + record.model() + ", "
                        + text(past.distances().get(i)) + " away";
    }

    private static String text(OptionalDouble distance) {
        return distance.isEmpty()
                ? "an unknown distance"
                : String.format(Locale.ROOT, "%.2f spreads", distance.getAsDouble());
    }
}
