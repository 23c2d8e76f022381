package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's predictions, labels and feature rows are written. Where only features are named, only they are watched:
 * there is no model.
 *
 * @param predictions default the native ones on {@code homeostat.predictions}
 * @param labels default the native ones on {@code homeostat.labels}; {@code none} where no labels will come
 * @param features rows watched as such; default none
 * @param labelHorizon how much later than its prediction a label may come and still count; default 1 d, at most 30 d
 */
public record SourceSpec(
        @Nullable PredictionSource predictions,
        @Nullable LabelSource labels,
        @Nullable FeatureSource features,
        Period labelHorizon) {
    public static final String PREDICTIONS = "homeostat.predictions";
    public static final String LABELS = "homeostat.labels";

    public SourceSpec(
            @Nullable PredictionSource predictions,
            @Nullable LabelSource labels,
            @Nullable FeatureSource features,
            @Nullable Period labelHorizon) {
        boolean onlyFeatures = features != null && predictions == null && labels == null;
        this.predictions = predictions == null && !onlyFeatures ? PredictionSource.of(PREDICTIONS) : predictions;
        LabelSource given = LabelSource.NONE.equals(labels) ? LabelSource.NONE : labels;
        this.labels = given == null && !onlyFeatures ? LabelSource.of(LABELS) : given;
        this.features = features;
        this.labelHorizon = labelHorizon == null ? new Period(Duration.ofDays(1)) : labelHorizon;
        Check.that(
                this.labelHorizon.value().compareTo(Duration.ofDays(30)) <= 0
                        && !this.labelHorizon.value().isZero(),
                "labelHorizon",
                this.labelHorizon + " is outside 1ms to 30d");
    }

    static SourceSpec defaults() {
        return new SourceSpec(null, null, null, null);
    }

    /** Everything that is read, by topic and form. */
    public List<TopicSource> all() {
        return Stream.of(predictions, awaitsLabels() ? labels : null, features)
                .filter(TopicSource.class::isInstance)
                .map(TopicSource.class::cast)
                .toList();
    }

    /** The names of all topics that are read. */
    public Set<String> topics() {
        return all().stream().map(TopicSource::topic).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether there is no model, only feature rows. */
    public boolean featuresOnly() {
        return predictions == null;
    }

    /**
     * Whether labels are to come. Where none are ({@code labels: none}), predictions are profiled where they are read, and
     * none is kept.
     */
    @SuppressWarnings("ReferenceEquality") // there is one NONE; every event asks
    public boolean awaitsLabels() {
        return labels != null && labels != LabelSource.NONE;
    }

    /** Where whoever answers in Homeostat's own form is to write. */
    public String nativePredictions() {
        return predictions == null || predictions.format() != SourceFormat.NATIVE ? PREDICTIONS : predictions.topic();
    }

    void checkFeatures(Set<String> names) {
        if (predictions != null && predictions.features() != null) {
            predictions.features().check("source.predictions.features", names);
        }
        if (features != null) {
            features.features().check("source.features.features", names);
        }
    }
}
