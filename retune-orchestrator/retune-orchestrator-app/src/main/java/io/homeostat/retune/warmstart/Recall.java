package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.memory.RecordedTask;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.meta.transfer.IgnoredRecord;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.ArrayList;
import java.util.Collection;
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
 */
public record Recall(Past past, List<IgnoredRecord> unusable) {
    private static final int MOST_REASONS = 10;

    /** What these records say. */
    public static Recall of(
            ModelSpec spec, Space space, Map<String, Double> metaFeatures, Collection<MetaRecord> records) {
        Target target = new Target(spec.model(), spec.retune().trainer().trainerName(), metaFeatures, space);
        WorldShare shares = new WorldShare(space, metaFeatures);
        List<TaskRecord> seen = new ArrayList<>();
        List<IgnoredRecord> unusable = new ArrayList<>();
        for (MetaRecord record : records) {
            Unusable.of(record)
                    .ifPresentOrElse(
                            none -> unusable.add(new IgnoredRecord(none.taskId(), none.reason())),
                            () -> seen.add(shares.seen(RecordedTask.of(record))));
        }
        return new Recall(Past.of(target, seen), unusable);
    }

    /** The tasks whose records are of use, in order. */
    public List<String> taskIds() {
        return past.tasks().stream().map(task -> task.record().taskId()).toList();
    }

    /** The records of use, in order. */
    public List<MetaRecord> records(Memory memory) {
        return taskIds().stream().map(memory::get).flatMap(Optional::stream).toList();
    }

    /** A sampler that has learned from them as the spec says. */
    public Sampler sampler(ModelSpec spec) {
        return spec.retune().parsedTransfer().transfer().sampler(past);
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
                Stream.concat(unusable.stream(), past.ignored().stream())
                        .limit(MOST_REASONS)
                        .map(Recall::text)
                        .toList());
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

    private static String text(IgnoredRecord ignored) {
        return ignored.taskId() + ": " + ignored.reason();
    }
}
