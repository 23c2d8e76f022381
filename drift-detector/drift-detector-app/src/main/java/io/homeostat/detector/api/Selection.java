package io.homeostat.detector.api;

import java.time.DateTimeException;
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
    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 1_000;
    private static final int MOST_SKIPPED = 1_000_000;

    /** As written in a query. Errors: 400, naming the parameter, its value and what is allowed. */
    static Selection of(@Nullable String since, @Nullable String until, @Nullable String limit, @Nullable String skip) {
        Selection selection = new Selection(
                time("since", since, Instant.MIN),
                time("until", until, Instant.MAX),
                number("limit", limit, DEFAULT_LIMIT, 1, MOST),
                number("skip", skip, 0, 0, MOST_SKIPPED));
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

    /** A yes or no as written in a query; null if it is left out. */
    static @Nullable Boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        throw new AnswerException(400, name + ": '" + text + "' is not true or false; leave it out for both");
    }

    private static Instant time(String name, @Nullable String text, Instant byDefault) {
        try {
            return text == null ? byDefault : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new AnswerException(
                    400, name + ": '" + text + "' is not a time; write one like 2026-01-31T12:00:00Z");
        }
    }

    private static int number(String name, @Nullable String text, int byDefault, int low, int high) {
        try {
            int number = text == null ? byDefault : Integer.parseInt(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new AnswerException(400, name + ": '" + text + "' is not a number from " + low + " to " + high);
    }
}
