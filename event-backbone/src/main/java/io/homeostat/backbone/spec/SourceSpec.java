package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's predictions and labels are written.
 *
 * @param predictions topic of the predictions; default {@code homeostat.predictions}
 * @param labels topic of the labels; default {@code homeostat.labels}
 * @param labelHorizon how much later than its prediction a label may come and still count; default 1 d, at most 30 d
 */
public record SourceSpec(String predictions, String labels, Period labelHorizon) {
    public static final String PREDICTIONS = "homeostat.predictions";
    public static final String LABELS = "homeostat.labels";

    public SourceSpec(@Nullable String predictions, @Nullable String labels, @Nullable Period labelHorizon) {
        this.predictions = predictions == null ? PREDICTIONS : Check.name("predictions", predictions);
        this.labels = labels == null ? LABELS : Check.name("labels", labels);
        this.labelHorizon = labelHorizon == null ? new Period(Duration.ofDays(1)) : labelHorizon;
        Check.that(
                this.labelHorizon.value().compareTo(Duration.ofDays(30)) <= 0
                        && !this.labelHorizon.value().isZero(),
                "labelHorizon",
                this.labelHorizon + " is outside 1ms to 30d");
    }

    static SourceSpec defaults() {
        return new SourceSpec(null, null, null);
    }
}
