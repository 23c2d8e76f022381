package io.homeostat.meta.similarity;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A known task as seen from another one.
 *
 * @param taskId the known task
 * @param distance how far it is, in spreads
 * @param sharedWeight share of the meta-features' weight that both have, over 0 to 1
 * @param mostDifferent the three meta-features that differ most, the task asked for on the left
 */
public record Neighbour(String taskId, double distance, double sharedWeight, List<Difference> mostDifferent) {
    public Neighbour {
        mostDifferent = List.copyOf(mostDifferent);
    }

    /** A sentence that says how far and in what. */
    public String explanation() {
        String parts = mostDifferent.stream()
                .filter(difference -> difference.spreads() > 0)
                .map(Difference::toString)
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s is %.2f spreads away; %s.",
                taskId,
                distance,
                parts.isEmpty() ? "no shared meta-feature differs" : "it differs most in " + parts);
    }
}
