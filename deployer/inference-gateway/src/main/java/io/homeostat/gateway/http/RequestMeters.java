package io.homeostat.gateway.http;

import io.homeostat.gateway.route.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests per model and status; models that nobody announced share one name. */
@Singleton
class RequestMeters {
    private final MeterRegistry meters;
    private final Routes routes;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry meters, Routes routes) {
        this.meters = meters;
        this.routes = routes;
    }

    void record(String model, int status, long nanos) {
        timer(model, status).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String model, int status) {
        String name = routes.knows(model) ? model : "unknown";
        return timers.computeIfAbsent(
                new Key(name, status),
                key -> Timer.builder("homeostat.gateway.requests")
                        .description("Requests for predictions: how many, how long")
                        .tag("model", key.model())
                        .tag("status", Integer.toString(key.status()))
                        .publishPercentileHistogram()
                        .register(meters));
    }

    private record Key(String model, int status) {}
}
