package io.homeostat.deployer.targets;

/** What came of an attempt to bring a route to a target. */
public sealed interface Outcome {
    /** The same as a sentence. */
    String reason();

    /**
     * The target serves by it.
     *
     * @param changed whether it did not before
     * @param reason what is in force
     */
    record Applied(boolean changed, String reason) implements Outcome {}

    /** Something must be ready first; what is in force stays until then. */
    record Waiting(String reason) implements Outcome {}

    /** The target serves by a newer route. */
    record Superseded(String reason) implements Outcome {}

    /** The target cannot be asked, or does not do what it is told. */
    record Failed(String reason) implements Outcome {}
}
