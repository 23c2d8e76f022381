package io.homeostat.rollout.lifecycle;

import java.time.Instant;

/**
 * When things began.
 *
 * @param started the rollout
 * @param step the step under way, or when it was resumed
 * @param deadlines from when deadlines count: the start, or when a person resumed after one
 */
public record Times(Instant started, Instant step, Instant deadlines) {
    static Times at(Instant start) {
        return new Times(start, start, start);
    }
}
