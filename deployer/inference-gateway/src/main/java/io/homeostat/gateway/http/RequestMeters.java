package io.homeostat.gateway.http;

import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.route.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

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

    <T> T timed(String model, Supplier<T> request) {
        long start = System.nanoTime();
        int status = 200;
        try {
            return request.get();
        } catch (RefusedException e) {
            status = e.status();
            throw e;
        } catch (RuntimeException e) {
            status = 500;
            throw e;
        } finally {
            timer(model, status).record(Duration.ofNanos(System.nanoTime() - start));
        }
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
