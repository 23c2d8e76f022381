package io.homeostat.retune.trigger;

/** What becomes of a wish to re-tune; always with the reason. */
public sealed interface Admission {
    String reason();

    /** The re-tune begins. */
    record Accepted(String reason) implements Admission {}

    /** A re-tune that already runs answers it, too. */
    record Merged(String reason) implements Admission {}

    /** It does not fit the model as it stands. */
    record Refused(String reason) implements Admission {}

    /** The same wish came before. */
    record Ignored(String reason) implements Admission {}

    /** The decision in one word, as the ledger has it. */
    default String action() {
        if (this instanceof Accepted) {
            return "accept";
        }
        if (this instanceof Merged) {
            return "merge";
        }
        return this instanceof Refused ? "refuse" : "ignore";
    }
}
