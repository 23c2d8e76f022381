package io.homeostat.detector.ingest;

import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.spec.ModelSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks of a model with every event, found by one look-up: where events of a thousand models come in turn, each
 * look-up is some visits to memory that is in no cache. One per task: it is not safe for two threads. What an aborted
 * transaction did is counted again.
 */
public final class KnownModel {
    private final ModelSpec spec;
    private final long windowMillis;
    private final ModelTraffic traffic;
    private @Nullable FeatureCheck check;

    public KnownModel(ModelSpec spec) {
        this.spec = spec;
        this.windowMillis = spec.watch().window().value().toMillis();
        this.traffic = ModelTraffic.of(spec.model());
    }

    /** The spec. */
    public ModelSpec spec() {
        return spec;
    }

    /** How long its windows are. */
    public long windowMillis() {
        return windowMillis;
    }

    /** Counts a prediction that fits the spec. */
    void countPrediction() {
        traffic.predictions.increment();
    }

    /** Counts a label that fits the spec. */
    void countLabel() {
        traffic.labels.increment();
    }

    /** Counts a prediction that has come to its window. */
    public void countProfiled() {
        traffic.profiled.increment();
    }

    /** Whether a row's features are known to fit the spec; if not, they must be looked at. */
    boolean isKnownToFit(FeatureValues row) {
        FeatureCheck known = check;
        if (known == null || !known.isOf(row.names())) {
            known = FeatureCheck.of(spec, row.names());
            check = known;
        }
        return known.fits(row);
    }
}
