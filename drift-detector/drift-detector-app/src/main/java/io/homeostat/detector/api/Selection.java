package io.homeostat.detector.api;

import io.homeostat.backbone.rest.Within;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which facts are asked for, by the query's parameters. No record: OpenAPI would name the parameters of one twice. */
class Selection {
    @Parameter(description = "windows that begin, or what was found or raised, at or after this instant")
    @QueryParam("since")
    @Nullable
    Instant since;

    @Parameter(description = "windows that begin, or what was found or raised, before this instant")
    @QueryParam("until")
    @Nullable
    Instant until;

    @Parameter(description = "at most so many, 1 to 1000")
    @QueryParam("limit")
    @DefaultValue("100")
    @Within(low = 1, high = 1_000)
    int limit;

    @Parameter(description = "pass over so many of the newest, 0 to 1000000. Keep until fixed while paging")
    @QueryParam("skip")
    @DefaultValue("0")
    @Within(low = 0, high = 1_000_000)
    int skip;

    /** To be filled from a request. */
    Selection() {}

    /**
     * A selection.
     *
     * @param since the first instant; default all
     * @param until the end, exclusive; default all
     * @param limit the most facts answered
     * @param skip facts passed over before them
     */
    Selection(@Nullable Instant since, @Nullable Instant until, int limit, int skip) {
        this.since = since;
        this.until = until;
        this.limit = limit;
        this.skip = skip;
    }

    /** The selected facts, in the order given. Errors: 400 for an end before the beginning. */
    <V> List<V> of(List<V> facts, Function<V, Instant> time, Predicate<V> wanted) {
        Instant first = since == null ? Instant.MIN : since;
        Instant end = until == null ? Instant.MAX : until;
        if (first.isAfter(end)) {
            throw new AnswerException(400, "since: " + since + " is after until " + until + "; maybe they are swapped");
        }
        return facts.stream()
                .filter(wanted)
                .filter(fact -> !time.apply(fact).isBefore(first))
                .filter(fact -> time.apply(fact).isBefore(end))
                .skip(skip)
                .limit(limit)
                .toList();
    }
}
