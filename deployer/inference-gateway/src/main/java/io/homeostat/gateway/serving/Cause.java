package io.homeostat.gateway.serving;

/** Why a version gave no score. Events carry the status, meters the name. */
public enum Cause {
    /** The row itself is wrong; the caller may mend it. */
    REFUSED(400),
    /** It failed. */
    ERROR(500),
    /** It answered, but what it said is no answer: no number, unreadable, of another shape. */
    RUBBISH(502),
    /** It cannot be reached, cannot be loaded, or has no room. */
    DEAD(503),
    /** It was taken back before it had answered. */
    WITHDRAWN(503),
    /** It did not answer in time. */
    TIMEOUT(504);

    private final int status;

    Cause(int status) {
        this.status = status;
    }

    /** As an HTTP status. */
    public int status() {
        return status;
    }
}
