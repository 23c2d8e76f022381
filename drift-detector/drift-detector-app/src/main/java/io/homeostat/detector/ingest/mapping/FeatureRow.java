package io.homeostat.detector.ingest.mapping;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of features that is watched as such: no model has answered it.
 *
 * @param model whose features
 * @param time when it was
 * @param features numbers, texts or null by name
 */
public record FeatureRow(String model, Instant time, Map<String, Object> features) {
    /** What stands for a model's version in the profiles of feature rows. */
    public static final String VERSION = "features";

    public FeatureRow {
        Check.name("model", model);
        Check.present("time", time);
        features = Collections.unmodifiableMap(new LinkedHashMap<>(Check.present("features", features)));
    }
}
