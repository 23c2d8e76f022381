package io.homeostat.model.lightgbm;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.schema.DataSchema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parameters in LightGBM's written form, with those that make a training reproducible. */
final class BoosterParameters {
    /** What the trainer decides; anything else is LightGBM's to accept or refuse. */
    private static final Set<String> OURS = Set.of(
            "num_class",
            "num_threads",
            "deterministic",
            "force_row_wise",
            "force_col_wise",
            "verbosity",
            "seed",
            "categorical_feature",
            "metric",
            "task",
            "device_type",
            "data",
            "valid",
            "input_model",
            "output_model",
            "output_result",
            "snapshot_freq",
            "config");

    private BoosterParameters() {}

    static String text(Map<String, Object> given, long seed, DataSchema schema) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("objective", objective(schema));
        given.forEach((name, value) -> all.put(name(name), value(name, value)));
        if (schema.outputs() > 1) {
            all.put("num_class", Integer.toString(schema.outputs()));
        }
        all.put("metric", "none");
        all.put("seed", Integer.toString(Math.floorMod(seed, Integer.MAX_VALUE)));
        all.put("deterministic", "true");
        all.put("num_threads", "1");
        all.put("force_row_wise", "true");
        all.put("verbosity", "-1");
        String categorical = IntStream.range(0, schema.features().size())
                .filter(i -> schema.features().get(i).kind() == FeatureKind.CATEGORICAL)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        if (!categorical.isEmpty()) {
            all.put("categorical_feature", categorical);
        }
        return all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
    }

    private static String objective(DataSchema schema) {
        return switch (schema.task()) {
            case BINARY -> "binary";
            case MULTICLASS -> "multiclass";
            case REGRESSION -> "regression";
        };
    }

    private static String name(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
            throw new ModelException(
                    "parameters: '" + name + "' is not a LightGBM parameter; write its own name, like learning_rate");
        }
        if (OURS.contains(name)) {
            throw new ModelException(
                    "parameters." + name + ": is set by the trainer; leave it out of the space and the trainer");
        }
        return name;
    }

    private static String value(String name, Object value) {
        String text;
        try {
            text = value instanceof Collection<?> many
                    ? many.stream().map(v -> LabelEvent.text(name, v)).collect(Collectors.joining(","))
                    : value instanceof Boolean bool ? bool.toString() : LabelEvent.text(name, value);
        } catch (InvalidValueException e) {
            throw new ModelException("parameters." + e.getMessage(), e);
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new ModelException(
                    "parameters." + name + ": '" + text + "' has a blank in it, which LightGBM cannot read");
        }
        return text;
    }
}
