package io.homeostat.deployer.targets;

/**
 * Whether something asked for is there.
 *
 * @param done whether it is
 * @param reason otherwise what is missing, in a sentence
 */
public record Readiness(boolean done, String reason) {
    /** It is there. */
    public static final Readiness DONE = new Readiness(true, "");

    /** It is not there yet. */
    static Readiness waiting(String reason) {
        return new Readiness(false, reason);
    }
}
