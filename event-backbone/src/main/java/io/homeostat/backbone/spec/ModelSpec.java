package io.homeostat.backbone.spec;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a model: what to watch, how to re-tune it, how to roll a new version out. Written as YAML or
 * JSON. Only {@code model}, {@code task} and {@code features} are needed; everything else has a default.
 *
 * @param model the model's name; the key of everything said about it
 * @param task what it predicts; may be left out where only features are watched
 * @param positive for a binary model, the class whose probability is the score; default {@code "1"}
 * @param source where its predictions, labels and feature rows are written
 * @param features each input's name and kind, in order; 1 to 2,000
 * @param watch what to watch
 * @param retune how to re-tune
 * @param rollout how to roll out
 * @param targets where else its route is applied, besides our gateways; at most 5; default none
 */
public record ModelSpec(
        String model,
        TaskKind task,
        @JsonDeserialize(using = ClassName.class) String positive,
        SourceSpec source,
        Map<String, FeatureKind> features,
        WatchSpec watch,
        RetuneSpec retune,
        RolloutSpec rollout,
        List<TargetSpec> targets) {
    private static final int MOST_FEATURES = 2000;

    public ModelSpec(
            @Nullable String model,
            @Nullable TaskKind task,
            @Nullable String positive,
            @Nullable SourceSpec source,
            @Nullable Map<String, FeatureKind> features,
            @Nullable WatchSpec watch,
            @Nullable RetuneSpec retune,
            @Nullable RolloutSpec rollout,
            @Nullable List<TargetSpec> targets) {
        this.model = Check.name("model", model);
        this.source = source == null ? SourceSpec.defaults() : source;
        this.task = task == null && this.source.featuresOnly() ? TaskKind.REGRESSION : Check.present("task", task);
        this.positive = positive == null ? "1" : Check.text("positive", positive);
        this.features = features(features);
        this.source.checkFeatures(this.features.keySet());
        this.watch = watch == null ? WatchSpec.defaults() : watch;
        this.retune = retune == null ? RetuneSpec.defaults() : retune;
        this.rollout = rollout == null ? RolloutSpec.defaults() : rollout;
        this.watch.checkMetrics(this.task);
        this.watch.checkSlices(this.features);
        this.retune.checkObjective(this.task);
        this.rollout.checkObjective(this.task);
        this.targets = TargetSpec.checked(targets);
        TargetSpec.checkSteps(this.targets, this.rollout.steps());
    }

    /** A model served by our gateways alone. */
    public ModelSpec(
            @Nullable String model,
            @Nullable TaskKind task,
            @Nullable String positive,
            @Nullable SourceSpec source,
            @Nullable Map<String, FeatureKind> features,
            @Nullable WatchSpec watch,
            @Nullable RetuneSpec retune,
            @Nullable RolloutSpec rollout) {
        this(model, task, positive, source, features, watch, retune, rollout, null);
    }

    private static Map<String, FeatureKind> features(@Nullable Map<String, FeatureKind> features) {
        Map<String, FeatureKind> present = Check.present("features", features);
        Check.notEmpty("features", present.keySet());
        Check.that(present.size() <= MOST_FEATURES, "features", present.size() + " are above " + MOST_FEATURES);
        present.forEach((name, kind) -> {
            Check.text("features", name);
            if (kind == null) {
                throw new InvalidValueException("features." + name, "is empty; write numeric or categorical");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(present));
    }

    /** Reads what a person wrote, YAML or JSON; unknown keys are errors. Errors: {@link InvalidValueException}. */
    public static ModelSpec read(byte[] yamlOrJson) {
        return Json.readStrictly(yamlOrJson, ModelSpec.class);
    }
}
