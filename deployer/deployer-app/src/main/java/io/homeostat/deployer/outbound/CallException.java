package io.homeostat.deployer.outbound;

/** Another system cannot be asked, or refuses. The text names it as the settings do, and holds no address and no secret. */
public final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CallException(String text) {
        super(text);
    }
}
