package io.homeostat.model.schema;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.ModelException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What turns rows into numbers and numbers into answers.
 *
 * @param task what is predicted
 * @param positive the positive class (binary), otherwise empty
 * @param classes the classes in order; binary: the other one, then the positive one; regression: none
 * @param features the inputs in order
 */
public record DataSchema(TaskKind task, String positive, List<String> classes, List<Feature> features) {
    /** Categories remembered per feature; rarer ones count as missing. */
    public static final int MOST_CATEGORIES = 1000;

    private static final int MOST_CLASSES = 1000;

    public DataSchema(TaskKind task, @Nullable String positive, List<String> classes, List<Feature> features) {
        this.task = Check.present("task", task);
        this.positive = positive == null ? "" : positive;
        this.classes = List.copyOf(Check.present("classes", classes));
        this.features = List.copyOf(Check.present("features", features));
        Check.that(
                task != TaskKind.BINARY
                        || (this.classes.size() == 2 && this.classes.get(1).equals(positive)),
                "classes",
                this.classes + " of a binary model are not two, the positive class '" + positive + "' last");
    }

    /**
     * An input.
     *
     * @param name its name
     * @param kind number or category
     * @param categories the known categories, most frequent first; a category's place is its code
     */
    public record Feature(String name, FeatureKind kind, List<String> categories) {
        public Feature(String name, FeatureKind kind, @Nullable List<String> categories) {
            this.name = Check.text("name", name);
            this.kind = Check.present("kind", kind);
            this.categories = categories == null ? List.of() : List.copyOf(categories);
        }
    }

    /**
     * Learns the schema of a model.
     *
     * @param spec the model
     * @param rows the rows to fit on: their categories are the known ones
     * @param labels every label that can occur in fitting or judging
     */
    public static DataSchema learn(ModelSpec spec, List<Map<String, Object>> rows, Collection<String> labels) {
        List<Feature> features = new ArrayList<>();
        spec.features()
                .forEach((name, kind) -> features.add(
                        new Feature(name, kind, kind == FeatureKind.CATEGORICAL ? categories(name, rows) : List.of())));
        return new DataSchema(
                spec.task(),
                spec.task() == TaskKind.BINARY ? spec.positive() : "",
                classes(spec.task(), spec.positive(), labels),
                features);
    }

    /** The width of a row of raw outputs: one number, or one per class. */
    public int outputs() {
        return task == TaskKind.MULTICLASS ? classes.size() : 1;
    }

    private static List<String> categories(String name, List<Map<String, Object>> rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (Map<String, Object> row : rows) {
            Object value = row.get(name);
            if (value != null) {
                counts.merge(LabelEvent.text("features." + name, value), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_CATEGORIES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> classes(TaskKind task, String positive, Collection<String> labels) {
        if (task == TaskKind.REGRESSION) {
            return List.of();
        }
        TreeSet<String> distinct = new TreeSet<>(labels);
        if (task == TaskKind.BINARY) {
            distinct.remove(positive);
            if (distinct.size() > 1) {
                throw new ModelException("labels: a binary model has two classes, but beside the positive '" + positive
                        + "' there are " + few(distinct)
                        + ". Maybe the task is multiclass, or positive names the wrong class.");
            }
            String other = distinct.isEmpty() ? (positive.equals("0") ? "1" : "0") : distinct.first();
            return List.of(other, positive);
        }
        if (distinct.size() < 2 || distinct.size() > MOST_CLASSES) {
            throw new ModelException(
                    "labels: a multiclass model needs 2 to " + MOST_CLASSES + " classes, but there are "
                            + distinct.size() + ": " + few(distinct) + ". Maybe the task is regression.");
        }
        return List.copyOf(distinct);
    }

    private static String few(TreeSet<String> labels) {
        return "'" + String.join("', '", labels.stream().limit(5).toList()) + "'" + (labels.size() > 5 ? " …" : "");
    }
}
