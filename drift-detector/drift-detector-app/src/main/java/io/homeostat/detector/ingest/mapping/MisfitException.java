package io.homeostat.detector.ingest.mapping;

import io.homeostat.backbone.deadletter.DeadLetter.Reason;

/** A record that does not fit what the spec says of its topic. The text names the field, the place, the value and a way out. */
public final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    MisfitException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The kind of problem. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong, as text. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
