package io.homeostat.study.study;

import java.util.Map;

/**
 * Where a trial's configuration came from.
 *
 * @param kind given beforehand, suggested by the sampler, or added when it had ended
 * @param reason in words
 * @param notes what the sampler noted for itself
 */
public record Origin(Kind kind, String reason, Map<String, String> notes) {

    /** Given beforehand, suggested by the sampler, or added when it had ended. */
    public enum Kind {
        ENQUEUED,
        SAMPLED,
        ADDED
    }

    public Origin {
        reason = Trial.cut(reason);
        notes = Trial.bounded(notes);
    }

    /** Without notes. */
    public Origin(Kind kind, String reason) {
        this(kind, reason, Map.of());
    }
}
