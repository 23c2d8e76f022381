package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A configuration to try.
 *
 * @param configuration a point of the requested space
 * @param reason how it was found, for people
 * @param notes what the sampler wants to know again of this trial when it runs and has ended, such as a generation or
 *     the strategy that suggested it; short texts, at most {@value #MOST_NOTES}
 * @param expectedImprovement by how much the sampler expects the best value to improve, in the objective's unit and at
 *     least 0; empty if it cannot say. A study may end when it is too small.
 */
public record Suggestion(
        Configuration configuration, String reason, Map<String, String> notes, OptionalDouble expectedImprovement) {
    /** Notes per trial. */
    public static final int MOST_NOTES = 16;

    public Suggestion {
        if (notes.size() > MOST_NOTES) {
            throw new IllegalArgumentException("notes: " + notes.size() + " are more than " + MOST_NOTES + ".");
        }
        notes = Map.copyOf(notes);
    }

    /** Without notes. */
    public Suggestion(Configuration configuration, String reason) {
        this(configuration, reason, Map.of(), OptionalDouble.empty());
    }

    /** The same with notes. */
    public Suggestion withNotes(Map<String, String> newNotes) {
        return new Suggestion(configuration, reason, newNotes, expectedImprovement);
    }

    /** The same with the improvement to be expected. */
    public Suggestion expecting(double improvement) {
        return new Suggestion(configuration, reason, notes, OptionalDouble.of(improvement));
    }
}
