package io.homeostat.backbone.deadletter;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Input that could not be used, with where it came from and why.
 *
 * @param topic where it was read
 * @param partition its partition
 * @param offset its offset
 * @param reason the kind of problem
 * @param message what is wrong, with path, value and a way out
 * @param key its key as text, if it had one
 * @param payload its value as text, cut at 16 KiB
 * @param at when it was set aside
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        Reason reason,
        String message,
        @Nullable String key,
        @Nullable String payload,
        Instant at) {
    public static final int MOST_PAYLOAD_CHARACTERS = 16_384;

    public DeadLetter {
        Check.text("topic", topic);
        Check.present("reason", reason);
        Check.text("message", message);
        Check.present("at", at);
        if (payload != null && payload.length() > MOST_PAYLOAD_CHARACTERS) {
            payload = payload.substring(0, MOST_PAYLOAD_CHARACTERS);
        }
    }

    /** The kinds of problems. */
    public enum Reason {
        /** Not JSON, or a field is missing or wrong; a number that is NaN or infinite, too. */
        UNREADABLE,
        /** No spec is registered for its model. */
        UNKNOWN_MODEL,
        /** A feature is missing, or of another type than the spec says. */
        INVALID_FEATURE,
        /** Its time lies in the future, or before everything kept. */
        INVALID_TIME,
        /** A prediction of the same id is known already. */
        DUPLICATE_PREDICTION,
        /** No prediction came within the label horizon. */
        LABEL_WITHOUT_PREDICTION,
        /** The same label came before. */
        DUPLICATE_LABEL,
        /** Another label came before, and this one is not said to correct it. */
        CONTRADICTING_LABEL,
        /** A request whose response, or a response whose request, did not come in time. */
        UNPAIRED,
        /** The label is not a class or number of this model. */
        INVALID_LABEL,
        /** A request, candidate or spec that cannot be followed. */
        REFUSED
    }
}
