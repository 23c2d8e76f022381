package io.homeostat.gateway.serving;

/** A call of a version that gave no score for any row. */
public final class ScoringException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Cause cause;

    /** @param message what happened */
    public ScoringException(Cause cause, String message) {
        // a failing version fails often: no stack trace is taken
        super(message, null, false, false);
        this.cause = cause;
    }

    /** Whose fault it is. */
    public Cause why() {
        return cause;
    }
}
