package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature in the reference and in a window, over the same bins: ready to be drawn.
 *
 * <p>There is one share more than edges or categories. Over edges, share <i>i</i> is that of the values above edge
 * <i>i</i>−1 and at most edge <i>i</i>; the first is below and the last above all that the reference knew. Over
 * categories the last share is that of all others.
 *
 * @param feature its name; {@code model.score} and {@code model.prediction} stand for the model's answers
 * @param edges rising, of a number; absent for categories
 * @param categories by name, of a categorical feature; absent for a number
 * @param reference what is compared with
 * @param window what was seen
 */
public record FeatureShift(
        String feature,
        @Nullable List<Double> edges,
        @Nullable List<String> categories,
        Side reference,
        Side window) {
    public FeatureShift {
        Check.text("feature", feature);
        Check.present("reference", reference);
        Check.present("window", window);
        Check.that((edges == null) != (categories == null), "edges", "give edges or categories, and one of them only");
        edges = edges == null ? null : List.copyOf(edges);
        categories = categories == null ? null : List.copyOf(categories);
        int shares =
                1 + (edges == null ? Check.present("categories", categories).size() : edges.size());
        Check.that(reference.shares().size() == shares, "reference.shares", "are not " + shares);
        Check.that(window.shares().size() == shares, "window.shares", "are not " + shares);
    }

    /**
     * One of the two.
     *
     * @param rows how many rows it stands for
     * @param nulls the share of them without a value, 0 to 1
     * @param shares of the rows with a value, 0 to 1 each; their sum is 1, or 0 if there is no such row
     */
    public record Side(long rows, double nulls, List<Double> shares) {
        public Side {
            Check.atLeast("rows", rows, 0);
            Check.range("nulls", nulls, 0, 1);
            shares = List.copyOf(Check.present("shares", shares));
        }
    }
}
