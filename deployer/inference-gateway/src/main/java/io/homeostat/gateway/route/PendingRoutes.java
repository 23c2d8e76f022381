package io.homeostat.gateway.route;

import io.homeostat.backbone.event.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Routes that are still to be applied, the newest of each model. One whose models are all in memory, as on the way back to the
 * champion, is applied at once; others load on threads of their own, so that a model server that hangs holds up nobody else's
 * way back. What cannot be loaded is tried again every second. Used by one thread.
 */
final class PendingRoutes {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Routes routes;
    private final Executor loaders;
    private final LongSupplier nanoTime;
    private final Map<String, Route> pending = new HashMap<>();
    private final Set<String> loading = new HashSet<>();
    private final Set<String> dropped = new HashSet<>();
    private final Queue<Tried> tried = new ConcurrentLinkedQueue<>();
    private long nextNanos;

    private record Tried(Route route, Routes.Applied applied) {}

    /** @param loaders where models are loaded */
    PendingRoutes(Routes routes, Executor loaders, LongSupplier nanoTime) {
        this.routes = routes;
        this.loaders = loaders;
        this.nanoTime = nanoTime;
        this.nextNanos = nanoTime.getAsLong();
    }

    /** Notes a route. */
    void note(Route route) {
        pending.merge(route.model(), route, (a, b) -> b.revision() >= a.revision() ? b : a);
        nextNanos = nanoTime.getAsLong();
    }

    /** Ends the service of a model. */
    void drop(String model) {
        pending.remove(model);
        routes.remove(model);
        if (loading.contains(model)) {
            dropped.add(model);
        }
    }

    /** Whether nothing is being loaded. */
    boolean idle() {
        return loading.isEmpty();
    }

    /** Applies what is waiting, if it is time to try. */
    void apply() {
        settle();
        if (pending.isEmpty() || nanoTime.getAsLong() - nextNanos < 0) {
            return;
        }
        nextNanos = nanoTime.getAsLong() + RETRY_NANOS;
        for (Route route : List.copyOf(pending.values())) {
            if (loading.add(route.model())) {
                if (routes.warm(route)) {
                    tried.add(new Tried(route, routes.apply(route)));
                } else {
                    loaders.execute(() -> load(route));
                }
            }
        }
        settle();
    }

    private void load(Route route) {
        Routes.Applied applied = Routes.Applied.NOT_YET;
        try {
            applied = routes.apply(route);
        } finally {
            tried.add(new Tried(route, applied));
        }
    }

    private void settle() {
        for (Tried one = tried.poll(); one != null; one = tried.poll()) {
            String model = one.route().model();
            loading.remove(model);
            if (dropped.remove(model)) {
                routes.remove(model);
            }
            if (one.applied() == Routes.Applied.WHOLLY || one.applied() == Routes.Applied.STALE) {
                pending.remove(model, one.route());
            }
            Route next = pending.get(model);
            if (next != null && !next.equals(one.route())) {
                nextNanos = nanoTime.getAsLong(); // it came meanwhile
            }
        }
    }
}
