package io.homeostat.standalone.loop;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Waits until the loop has worked through what it was given, by the services' own counters. Event time rules a replay:
 * the next rows come only when everything about the rows before has been decided, so that a run is the same for the same
 * seed.
 */
public final class Quiescence {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MeterRegistry meters;
    private final String model;

    public Quiescence(MeterRegistry meters, String model) {
        this.meters = meters;
        this.model = model;
    }

    /** A counter's or gauge's value for the model, summed over its other tags; 0 where it does not exist yet. */
    public long count(String meter) {
        return Math.round(meters.find(meter).tag("model", model).meters().stream()
                .mapToDouble(each -> each.measure().iterator().next().getValue())
                .sum());
    }

    /** Waits until a counter has reached a number. */
    public void reached(String meter, long expected) {
        Await.until(
                PATIENCE,
                meter + " = " + expected,
                () -> count(meter) >= expected,
                () -> meter + " is " + count(meter));
    }
}
