package io.homeostat.rollout.plan;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is done on each verdict, and when. No data is never a pass, whatever is set.
 *
 * @param pass at once when the last step has ended with a pass: promote, or hold for a person to promote
 * @param fail at once: return to the champion, or hold (the weight stays; only in the watch the return is certain)
 * @param inconclusive after so long since the start, or since a person resumed: any reaction
 * @param noData after so long since the start, or since a person resumed: hold or return to the champion
 * @param error the rollout holds at once; after so long in that hold: go on holding or return to the champion
 */
public record Policies(Reaction pass, Reaction fail, Deadline inconclusive, Deadline noData, Deadline error) {
    /**
     * A reaction to a verdict that still stands after a time.
     *
     * @param after that time, above zero
     * @param reaction what is done then
     */
    public record Deadline(Duration after, Reaction reaction) {}

    public Policies {
        allowed("onPass", pass, EnumSet.of(Reaction.PROMOTE, Reaction.HOLD));
        allowed("onFail", fail, EnumSet.of(Reaction.ROLLBACK, Reaction.HOLD));
        Check.positive("decide.deadline", inconclusive.after());
        Check.positive("decide.onNoData.after", noData.after());
        Check.positive("decide.onError.after", error.after());
        allowed("onNoData", noData.reaction(), EnumSet.of(Reaction.ROLLBACK, Reaction.HOLD));
        allowed("onError", error.reaction(), EnumSet.of(Reaction.ROLLBACK, Reaction.HOLD));
    }

    /**
     * Promote on a pass, return on harm, hold on errors; the same deadline for too little evidence and for none.
     *
     * @param onDeadline what then happens to an inconclusive rollout; one without data returns if this is {@link
     *     Reaction#ROLLBACK}, else it is held
     */
    public static Policies within(Duration deadline, Reaction onDeadline) {
        Reaction withoutData = onDeadline == Reaction.ROLLBACK ? Reaction.ROLLBACK : Reaction.HOLD;
        return new Policies(
                Reaction.PROMOTE,
                Reaction.ROLLBACK,
                new Deadline(deadline, onDeadline),
                new Deadline(deadline, withoutData),
                new Deadline(deadline, Reaction.HOLD));
    }

    /** The time after which the first of the deadlines comes. */
    public Duration firstDeadline() {
        return inconclusive.after().compareTo(noData.after()) < 0 ? inconclusive.after() : noData.after();
    }

    private static void allowed(String path, Reaction reaction, Set<Reaction> which) {
        Check.that(
                which.contains(reaction),
                "decide." + path,
                reaction + " is not possible then. Take one of " + which + ".");
    }
}
