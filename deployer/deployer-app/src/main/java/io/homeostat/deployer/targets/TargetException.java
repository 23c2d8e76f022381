package io.homeostat.deployer.targets;

/** A target cannot be asked, or does not do what it is told. The text holds no secret. */
public final class TargetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TargetException(String text) {
        super(text);
    }

    TargetException(String text, Throwable cause) {
        super(text, cause);
    }
}
