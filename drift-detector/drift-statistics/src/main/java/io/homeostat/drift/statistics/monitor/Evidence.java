package io.homeostat.drift.statistics.monitor;

import java.time.Instant;
import java.util.List;

/**
 * Why an alarm was raised.
 *
 * @param kind what it is about
 * @param severity how bad it is
 * @param modelVersion the champion's version
 * @param signals the strongest signals, at most five
 * @param changeSince when the change is estimated to have begun, in the predictions' time
 * @param rowsSinceChange labelled rows of the champion since then
 * @param detectedAt when it was found
 * @param summary one sentence for a person
 */
public record Evidence(
        AlarmKind kind,
        Severity severity,
        String modelVersion,
        List<Signal> signals,
        Instant changeSince,
        long rowsSinceChange,
        Instant detectedAt,
        String summary) {
    static final int MOST_SIGNALS = 5;

    /** Keeps at most five signals. */
    public Evidence {
        signals = List.copyOf(signals.subList(0, Math.min(MOST_SIGNALS, signals.size())));
    }

    Evidence withRows(long rows) {
        return new Evidence(kind, severity, modelVersion, signals, changeSince, rows, detectedAt, summary);
    }
}
