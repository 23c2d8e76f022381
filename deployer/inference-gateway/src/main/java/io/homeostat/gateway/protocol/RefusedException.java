package io.homeostat.gateway.protocol;

import org.jspecify.annotations.Nullable;

/** A request that gets no prediction: an HTTP status and a sentence that says what is wrong and where. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status HTTP status, 4xx or 5xx
     * @param message what is wrong, where, and a way out
     */
    public RefusedException(int status, @Nullable String message) {
        // refusals are answers, not faults: no stack trace is taken
        super(message, null, false, false);
        this.status = status;
    }

    /** A request that is wrong at {@code path}. */
    public static RefusedException badRequest(String path, String problem) {
        return new RefusedException(400, path + ": " + problem);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
