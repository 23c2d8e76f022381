package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's features and their types, in the order given; at most 2000.
 *
 * @param features type by name
 */
public record Schema(Map<String, FeatureType> features) {
    private static final int MOST = 2000;

    /** Checks names and number. */
    public Schema {
        if (features.size() > MOST) {
            throw new IllegalArgumentException("features: " + features.size() + " are more than " + MOST + ".");
        }
        for (String name : features.keySet()) {
            if (name.isBlank() || name.equals(Profile.SCORE) || name.equals(Profile.PREDICTION)) {
                throw new IllegalArgumentException(
                        "features: the name '" + name + "' is blank or reserved. Rename the feature.");
            }
        }
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    void write(StateWriter out) {
        out.count(features.size());
        features.forEach((name, type) -> out.text(name).flag(type == FeatureType.NUMERIC));
    }

    static Schema read(StateReader in) {
        Map<String, FeatureType> features = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            features.put(in.text(), in.flag() ? FeatureType.NUMERIC : FeatureType.CATEGORICAL);
        }
        return new Schema(features);
    }
}
