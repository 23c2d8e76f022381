package io.homeostat.detector.join;

import io.homeostat.backbone.store.Agenda;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.detector.ingest.Watermark;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When to forget which key, per model: each model has its own event time, so that one which replays the past does not
 * lose its labels to another that lives today. A model's time is how far all partitions have come that tell of it, see
 * {@link Watermark}: what the one waits for that is ahead is still to come from the other. One that is a week behind is not
 * waited for; nor is anything forgotten in the first minute after a start.
 */
final class Expiries {
    /** As long as a topic of facts is kept. */
    static final Duration MOST_LAG = Duration.ofDays(7);

    private static final long SWEEP_EVERY_MILLIS = 1000;
    private static final int MOST_PER_SWEEP = 20_000;

    private final Agenda agenda;
    private final long patienceMillis;
    private final Map<String, Clock> clocks = new HashMap<>();

    /** @param patience how long partitions are waited for */
    Expiries(Agenda agenda, Duration patience) {
        this.agenda = agenda;
        this.patienceMillis = patience.toMillis();
    }

    /** A model's time. */
    private static final class Clock {
        private final long since; // by the wall clock
        private final Watermark watermark = new Watermark();
        private long sweptAt = Watermark.UNSEEN;

        private Clock(long nowMillis) {
            since = nowMillis;
        }

        long time() {
            long newest = watermark.newest();
            return newest == Watermark.UNSEEN
                    ? Watermark.UNSEEN
                    : Math.max(watermark.slowest(), newest - MOST_LAG.toMillis());
        }

        boolean isToBeSwept(long nowMillis, long patienceMillis) {
            return nowMillis - since >= patienceMillis
                    && (sweptAt == Watermark.UNSEEN || time() >= sweptAt + SWEEP_EVERY_MILLIS);
        }
    }

    /**
     * Looks at a key when the model's time has come so far. One that was put with an earlier time is looked at then, too.
     */
    void put(String model, long millis, String key) {
        agenda.add(model, millis, key);
    }

    /** A model's time; {@link Watermark#UNSEEN} before anything was seen. */
    long time(String model) {
        Clock clock = clocks.get(model);
        return clock == null ? Watermark.UNSEEN : clock.time();
    }

    /** How far the slowest of a model's partitions has come; {@link Watermark#UNSEEN} as long as there may be others. */
    long slowest(String model) {
        Clock clock = clocks.get(model);
        return clock == null || clock.watermark.waitsForTheFirst() ? Watermark.UNSEEN : clock.watermark.slowest();
    }

    /**
     * Moves a model's time on, and says what may have expired by it; looked at once per second of event time.
     *
     * @param progress what is noted on a record that tells of it
     * @param nowMillis the wall clock
     */
    List<String> advance(String model, Progress progress, long nowMillis) {
        Clock clock = clocks.computeIfAbsent(model, m -> new Clock(nowMillis));
        clock.watermark.saw(progress, nowMillis, patienceMillis);
        if (!clock.isToBeSwept(nowMillis, patienceMillis)) {
            return List.of();
        }
        long time = clock.time();
        List<String> due = agenda.take(model, time, MOST_PER_SWEEP);
        boolean more = due.size() >= MOST_PER_SWEEP;
        clock.sweptAt = more ? clock.sweptAt : time;
        return due;
    }
}
