package io.homeostat.detector.join;

import io.homeostat.backbone.store.Agenda;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When to forget which key, per model: each model has its own event time, so that one which replays the past does not
 * lose its labels to another that lives today. A model's time is how far its events have come; after a restart it is
 * known again from the first event on, which can only make forgetting later.
 */
final class Expiries {
    private static final long SWEEP_EVERY_MILLIS = 1000;
    private static final int MOST_PER_SWEEP = 20_000;

    private final Agenda agenda;
    private final Map<String, Clock> clocks = new HashMap<>();

    Expiries(Agenda agenda) {
        this.agenda = agenda;
    }

    private static final class Clock {
        private long newest = Long.MIN_VALUE;
        private long sweptAt = Long.MIN_VALUE;
    }

    /** Looks at a key when the model's time has come so far. One that was put with an earlier time is looked at then, too. */
    void put(String model, long millis, String key) {
        agenda.add(model, millis, key);
    }

    /** A model's time. */
    long time(String model) {
        return clock(model).newest;
    }

    /** Moves a model's time on, and says what may have expired by it; looked at once per second of event time. */
    List<String> advance(String model, long millis) {
        Clock clock = clock(model);
        clock.newest = Math.max(clock.newest, millis);
        if (clock.sweptAt != Long.MIN_VALUE && clock.newest < clock.sweptAt + SWEEP_EVERY_MILLIS) {
            return List.of();
        }
        List<String> due = agenda.take(model, clock.newest, MOST_PER_SWEEP);
        boolean more = due.size() >= MOST_PER_SWEEP;
        clock.sweptAt = more ? clock.sweptAt : clock.newest;
        return due;
    }

    private Clock clock(String model) {
        return clocks.computeIfAbsent(model, m -> new Clock());
    }
}
