package io.homeostat.detector.join;

import io.homeostat.backbone.store.Agenda;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When to forget which key, per model: each model has its own event time, so that one which replays the past does not
 * lose its labels to another that lives today. A model's time is how far all partitions have come that tell of it: who
 * reads what has piled up reads one ahead of another by hours, and what the one waits for is still to come from the other.
 * A partition that says nothing for a minute of the wall clock, or is a week behind, is not waited for; nor is anything
 * forgotten in the first minute after a start.
 */
final class Expiries {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** As long as a topic of facts is kept. */
    static final Duration MOST_LAG = Duration.ofDays(7);

    private static final long SWEEP_EVERY_MILLIS = 1000;
    private static final long COMPARE_EVERY_MILLIS = 1000;
    private static final int MOST_PER_SWEEP = 20_000;

    private final Agenda agenda;
    private final Map<String, Clock> clocks = new HashMap<>();

    Expiries(Agenda agenda) {
        this.agenda = agenda;
    }

    /** A model's time. */
    private static final class Clock {
        private final long since; // by the wall clock
        private final Map<String, Partition> partitions = new HashMap<>();
        private long newest = Long.MIN_VALUE;
        private long slowest = Long.MIN_VALUE; // partition's newest
        private long comparedAt; // by the wall clock
        private long time = Long.MIN_VALUE;
        private long sweptAt = Long.MIN_VALUE;

        private Clock(long nowMillis) {
            since = nowMillis;
        }

        void saw(String partition, long millis, long nowMillis) {
            Partition of = partitions.computeIfAbsent(partition, p -> new Partition());
            // one that is ahead of the slowest moves nothing: they are compared only when that one has moved, or may
            // have fallen silent
            boolean moves = of.newest <= slowest || nowMillis - comparedAt >= COMPARE_EVERY_MILLIS;
            of.newest = Math.max(of.newest, millis);
            of.heardAt = nowMillis;
            newest = Math.max(newest, millis);
            if (moves) {
                compare(nowMillis);
            }
            time = Math.max(slowest, newest - MOST_LAG.toMillis());
        }

        private void compare(long nowMillis) {
            comparedAt = nowMillis;
            partitions.values().removeIf(p -> nowMillis - p.heardAt >= PATIENCE.toMillis());
            slowest =
                    partitions.values().stream().mapToLong(p -> p.newest).min().orElse(newest);
        }

        boolean isToBeSwept(long nowMillis) {
            return nowMillis - since >= PATIENCE.toMillis()
                    && (sweptAt == Long.MIN_VALUE || time >= sweptAt + SWEEP_EVERY_MILLIS);
        }
    }

    private static final class Partition {
        private long newest = Long.MIN_VALUE;
        private long heardAt; // by the wall clock
    }

    /**
     * Looks at a key when the model's time has come so far. One that was put with an earlier time is looked at then, too.
     */
    void put(String model, long millis, String key) {
        agenda.add(model, millis, key);
    }

    /** A model's time; {@link Long#MIN_VALUE} before anything was seen. */
    long time(String model) {
        Clock clock = clocks.get(model);
        return clock == null ? Long.MIN_VALUE : clock.time;
    }

    /**
     * Moves a model's time on, and says what may have expired by it; looked at once per second of event time.
     *
     * @param partition which told of it, by any name
     * @param nowMillis the wall clock
     */
    List<String> advance(String model, String partition, long millis, long nowMillis) {
        Clock clock = clocks.computeIfAbsent(model, m -> new Clock(nowMillis));
        clock.saw(partition, millis, nowMillis);
        if (!clock.isToBeSwept(nowMillis)) {
            return List.of();
        }
        List<String> due = agenda.take(model, clock.time, MOST_PER_SWEEP);
        boolean more = due.size() >= MOST_PER_SWEEP;
        clock.sweptAt = more ? clock.sweptAt : clock.time;
        return due;
    }
}
