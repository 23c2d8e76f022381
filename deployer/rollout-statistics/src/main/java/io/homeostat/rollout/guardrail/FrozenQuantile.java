package io.homeostat.rollout.guardrail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantile of the first {@value #LEARNED} values, exact, and the same from then on.
 *
 * <p>Only as many of the largest values are kept as can matter: 11 for a 99th percentile.
 *
 * @param largest the largest values so far, ascending; empty once it is frozen
 * @param seen values so far, up to {@value #LEARNED}
 * @param frozen the quantile; absent before
 */
public record FrozenQuantile(
        List<Double> largest, int seen, @Nullable Double frozen) {
    /** Values that it is learned from. */
    public static final int LEARNED = 1000;

    public FrozenQuantile {
        largest = List.copyOf(largest);
    }

    static FrozenQuantile start() {
        return new FrozenQuantile(List.of(), 0, null);
    }

    /** One value more; none counts once it is frozen. */
    FrozenQuantile observe(double value, double quantile) {
        if (frozen != null) {
            return this;
        }
        int kept = 1 + (int) Math.round(LEARNED * (1 - quantile));
        List<Double> next = new ArrayList<>(largest);
        int at = Collections.binarySearch(next, value);
        next.add(at < 0 ? -at - 1 : at, value);
        if (next.size() > kept) {
            next.remove(0);
        }
        return seen + 1 == LEARNED
                ? new FrozenQuantile(List.of(), LEARNED, next.get(0))
                : new FrozenQuantile(next, seen + 1, null);
    }
}
