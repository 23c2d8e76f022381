package io.homeostat.model.runtime;

/** A model answered, but what it said is no answer: not a number, no probability, or of another shape than wanted. */
public final class UnusableAnswerException extends ModelException {
    private static final long serialVersionUID = 1;

    /** @param message what was said, what was wanted, and a way out */
    public UnusableAnswerException(String message) {
        super(message);
    }
}
