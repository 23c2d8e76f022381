package io.homeostat.detector.ingest.mapping;

import io.homeostat.backbone.spec.FeatureSource;
import io.homeostat.backbone.spec.ModelSpec;

/** Makes a feature row of a message, as a spec's {@code source.features} says. */
public final class FeatureMapping {
    private static final String SOURCE = "source.features";

    private final ModelSpec spec;
    private final Origins origins;
    private final FeatureFields features;

    /** The mapping of a spec. */
    public FeatureMapping(ModelSpec spec, FeatureSource source) {
        this.spec = spec;
        this.origins = new Origins(SOURCE, null, source.time());
        this.features = new FeatureFields(SOURCE + ".features", source.features(), spec);
    }

    /** The row. Errors: {@link MisfitException}. */
    public FeatureRow row(Message message) {
        return new FeatureRow(spec.model(), origins.time(message), features.in(message));
    }
}
