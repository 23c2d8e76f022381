package io.homeostat.drift.statistics.sequential;

import java.util.Optional;

/**
 * Reads losses in [0, 1] one by one and says when their mean changed. After a detection it goes on by itself: it reports
 * a change that lasts again, later, or takes the new level as the normal one. Deterministic; the whole state is in the
 * bytes. Another bounded stream is brought into [0, 1] by {@link Bounds}.
 */
public interface ErrorStreamDetector {
    /** The name in signals. */
    String name();

    /** Reads a loss, 0 to 1; anything else is refused with an {@link IllegalArgumentException}. */
    Detection update(double loss);

    /** How many losses were read. */
    long seen();

    /** The statistic now; never NaN. */
    double statistic();

    /** What the statistic is compared with: a change is found where it is passed. */
    double threshold();

    /** The change found last. */
    Optional<Change> lastChange();

    /** The state as bytes. */
    byte[] toBytes();
}
