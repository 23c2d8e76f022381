package io.homeostat.meta.similarity;

import java.util.List;

/**
 * How far two tasks are apart.
 *
 * @param value the distance, 0 and up, in spreads
 * @param sharedWeight weight of the meta-features that both have, as a share of those that either has, over 0 to 1
 * @param differences of the shared meta-features, the largest share of the distance first
 */
public record Distance(double value, double sharedWeight, List<Difference> differences) {
    public Distance {
        differences = List.copyOf(differences);
    }
}
