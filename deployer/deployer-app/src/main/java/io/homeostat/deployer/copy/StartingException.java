package io.homeostat.deployer.copy;

/** What is asked for has not been read yet. */
public final class StartingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartingException() {
        super("the deployer is starting; try again in a second");
    }
}
