package io.homeostat.meta.index;

import io.homeostat.meta.index.Groups.Group;
import io.homeostat.meta.index.Layout.Kind;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.LiveOutcome;
import io.homeostat.meta.transfer.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task in eight bytes for each value of a parameter: thirty trials of seven parameters take 2 kB, a tenth of what maps would.
 * What is unpacked is equal to what was packed, but for the width of whole numbers (all are long) and of fractions (all are
 * double). Its meta-features stand elsewhere, see {@link FeatureRows}.
 */
final class PackedTask {
    private static final double ABSENT = Double.NaN;

    final String taskId;
    final Instant at;
    final Group group;
    private final Goal goal;
    private final double bestValue;
    private final double[] values;
    private final double[] cells; // a row per trial, then one for the best parameters if they are not a trial's
    private final Object[] listed;
    private final int best;
    private final @Nullable Double liveGain;
    private final @Nullable LiveOutcome liveOutcome;

    /** Packs a task. */
    PackedTask(TaskRecord record) {
        List<Map<String, Object>> rows = rows(record);
        group = new Group(record.model(), Layout.of(record, rows));
        taskId = record.taskId();
        at = record.at();
        goal = record.goal();
        bestValue = record.bestValue();
        liveGain = record.liveGain();
        liveOutcome = record.liveOutcome();
        values = record.trials().stream()
                .mapToDouble(EvaluatedConfiguration::value)
                .toArray();
        best = rows.indexOf(record.bestParameters());
        List<String> names = group.layout().names();
        List<Object> list = new ArrayList<>();
        cells = new double[rows.size() * names.size()];
        for (int i = 0; i < cells.length; i++) {
            int column = i % names.size();
            Object value = rows.get(i / names.size()).get(names.get(column));
            cells[i] = value == null
                    ? ABSENT
                    : packed(value, group.layout().kinds().get(column), list);
        }
        listed = list.toArray();
    }

    private PackedTask(PackedTask task, Group group) {
        this.group = group;
        taskId = task.taskId;
        at = task.at;
        goal = task.goal;
        bestValue = task.bestValue;
        values = task.values;
        cells = task.cells;
        listed = task.listed;
        best = task.best;
        liveGain = task.liveGain;
        liveOutcome = task.liveOutcome;
    }

    /** The same with a group that is equal, and shared with others. */
    PackedTask in(Group shared) {
        return new PackedTask(this, shared);
    }

    /* Its trials' configurations, and the best one if it is none of those. */
    private static List<Map<String, Object>> rows(TaskRecord record) {
        List<Map<String, Object>> rows = new ArrayList<>();
        record.trials().forEach(trial -> rows.add(trial.parameters()));
        if (!rows.contains(record.bestParameters())) {
            rows.add(record.bestParameters());
        }
        return rows;
    }

    private static double packed(Object value, Kind kind, List<Object> listed) {
        if (kind != Kind.LISTED) {
            return ((Number) value).doubleValue();
        }
        int place = listed.indexOf(value);
        if (place < 0) {
            place = listed.size();
            listed.add(value instanceof String text ? text.intern() : value);
        }
        return place;
    }

    /** How many trials it has. */
    int trials() {
        return values.length;
    }

    /** The task as it was. */
    TaskRecord unpacked(Map<String, Double> metaFeatures) {
        List<EvaluatedConfiguration> trials = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            trials.add(new EvaluatedConfiguration(row(i), values[i]));
        }
        return record(metaFeatures, trials);
    }

    /** The same without its trials. */
    TaskRecord outline(Map<String, Double> metaFeatures) {
        return record(metaFeatures, List.of());
    }

    private TaskRecord record(Map<String, Double> metaFeatures, List<EvaluatedConfiguration> trials) {
        return new TaskRecord(
                taskId,
                group.model(),
                group.layout().trainer(),
                at,
                metaFeatures,
                row(best),
                bestValue,
                goal,
                trials,
                liveGain,
                liveOutcome,
                group.layout().space());
    }

    private Map<String, Object> row(int i) {
        Map<String, Object> row = new LinkedHashMap<>();
        Layout layout = group.layout();
        int width = layout.names().size();
        for (int j = 0; j < width; j++) {
            double cell = cells[i * width + j];
            if (!Double.isNaN(cell)) {
                row.put(layout.names().get(j), value(cell, layout.kinds().get(j)));
            }
        }
        return row;
    }

    private Object value(double cell, Kind kind) {
        return switch (kind) {
            case REAL -> (Object) cell;
            case WHOLE -> (Object) (long) cell;
            case LISTED -> listed[(int) cell];
        };
    }
}
