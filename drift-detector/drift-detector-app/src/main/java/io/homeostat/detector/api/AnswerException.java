package io.homeostat.detector.api;

/** Ends a request with a status and a text that says what is wrong. */
final class AnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    AnswerException(int status, String text) {
        super(text);
        this.status = status;
    }

    int status() {
        return status;
    }
}
