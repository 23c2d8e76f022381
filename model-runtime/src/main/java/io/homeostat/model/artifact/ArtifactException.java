package io.homeostat.model.artifact;

/** An artifact that is not there, cannot be read or written, or is not what its reference says. */
public final class ArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArtifactException(String message) {
        super(message);
    }

    public ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
