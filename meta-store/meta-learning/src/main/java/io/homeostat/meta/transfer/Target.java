package io.homeostat.meta.transfer;

import io.homeostat.study.space.Space;
import java.util.Map;
import java.util.Objects;

/**
 * A search that is about to begin, and where it searches.
 *
 * @param model the model to tune; its own earlier tasks count before those of others
 * @param trainer who fits it; only tasks of the same one count
 * @param metaFeatures what the data is like; values that are not finite are left out; may be empty
 * @param space the space to search
 */
public record Target(String model, String trainer, Map<String, Double> metaFeatures, Space space) {
    public Target {
        Objects.requireNonNull(model, "model: is missing.");
        Objects.requireNonNull(trainer, "trainer: is missing.");
        Objects.requireNonNull(space, "space: is missing.");
        metaFeatures = TaskRecord.defined(metaFeatures);
    }
}
