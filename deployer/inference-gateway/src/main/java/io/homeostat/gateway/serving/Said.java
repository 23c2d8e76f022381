package io.homeostat.gateway.serving;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a version said of one row: a score, or why there is none. */
public sealed interface Said {
    /** How long the row took. */
    double millis();

    /**
     * A score.
     *
     * @param output the predicted class, or the number as text
     * @param score the positive class's probability, the predicted class's, or the number; finite
     * @param probabilities each class's, where there are more than two
     * @param millis how long the row took
     */
    record Score(String output, double score, @Nullable Map<String, Double> probabilities, double millis)
            implements Said {}

    /**
     * No score.
     *
     * @param cause whose fault it is
     * @param message what happened
     * @param millis how long it took to fail
     */
    record Failure(Cause cause, String message, double millis) implements Said {}
}
