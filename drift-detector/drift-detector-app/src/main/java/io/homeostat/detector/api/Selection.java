package io.homeostat.detector.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which facts are asked for.
 *
 * @param since the first instant
 * @param until the end, exclusive
 * @param limit the most facts answered
 * @param skip facts passed over before them
 */
record Selection(Instant since, Instant until, int limit, int skip) {
    static final int MOST = 1_000;
    static final int MOST_SKIPPED = 1_000_000;

    /** As asked for in a query; what is left out is all. Errors: 400 for an end before the beginning. */
    static Selection of(@Nullable Instant since, @Nullable Instant until, int limit, int skip) {
        Selection selection =
                new Selection(since == null ? Instant.MIN : since, until == null ? Instant.MAX : until, limit, skip);
        if (selection.since.isAfter(selection.until)) {
            throw new AnswerException(400, "since: " + since + " is after until " + until + "; maybe they are swapped");
        }
        return selection;
    }

    /** The selected facts, in the order given. */
    <V> List<V> of(List<V> facts, Function<V, Instant> time, Predicate<V> wanted) {
        return facts.stream()
                .filter(wanted)
                .filter(fact -> !time.apply(fact).isBefore(since))
                .filter(fact -> time.apply(fact).isBefore(until))
                .skip(skip)
                .limit(limit)
                .toList();
    }
}
