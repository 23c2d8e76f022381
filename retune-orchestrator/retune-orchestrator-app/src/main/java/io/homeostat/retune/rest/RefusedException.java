package io.homeostat.retune.rest;

/** A request that is not answered as asked. */
final class RefusedException extends RuntimeException {
    private final int status;

    private RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    static RefusedException unknownModel(String model) {
        return new RefusedException(404, "model: '" + model + "' is not registered; register its spec first");
    }

    static RefusedException noStudy(String model) {
        return new RefusedException(404, "model: '" + model + "' has no study yet; its first begins with a re-tune");
    }

    static RefusedException notYet() {
        return new RefusedException(503, "the state is being restored or moved; ask again in some seconds");
    }

    static RefusedException unavailable(IllegalStateException e) {
        return new RefusedException(503, String.valueOf(e.getMessage()));
    }

    static RefusedException badRequest(String message) {
        return new RefusedException(400, message);
    }

    int status() {
        return status;
    }
}
