package io.homeostat.meta.transfer;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A search that is about to begin.
 *
 * @param model the model to tune
 * @param trainer who fits it
 * @param metaFeatures what the data is like; values that are not finite are left out; may be empty
 * @param n configurations wanted at most; 0 to 1,000
 * @param usable whether the new space can take this parameter with this value; the others are left out of a
 *     configuration
 */
public record Request(
        String model, String trainer, Map<String, Double> metaFeatures, int n, BiPredicate<String, Object> usable) {
    /** The most configurations that can be asked for. */
    public static final int MOST = 1_000;

    public Request {
        Objects.requireNonNull(model, "model: is missing.");
        Objects.requireNonNull(trainer, "trainer: is missing.");
        Objects.requireNonNull(usable, "usable: is missing.");
        metaFeatures = TaskRecord.defined(metaFeatures);
        if (n < 0 || n > MOST) {
            throw new IllegalArgumentException("n: " + n + " is not in 0 to " + MOST + ".");
        }
    }

    /** A request for a space with these parameters, whatever their values. */
    public static Request forParameters(
            String model, String trainer, Map<String, Double> metaFeatures, int n, Set<String> parameters) {
        Set<String> names = Set.copyOf(parameters);
        return new Request(model, trainer, metaFeatures, n, (name, value) -> names.contains(name));
    }
}
