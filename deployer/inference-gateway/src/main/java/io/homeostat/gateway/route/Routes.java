package io.homeostat.gateway.route;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.WarmScorers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is served now: per model the newest route whose champion could be loaded. A model's routes are applied one after the
 * other; requests read from any thread.
 */
public final class Routes {
    private static final Logger LOG = Logger.getLogger(Routes.class);

    private final WarmScorers scorers;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, ServingModel> serving = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ModelSpec> specs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicLong> revisions = new ConcurrentHashMap<>();
    private final RouteProblems problems;
    private volatile boolean caughtUp;

    /** @param problems what cannot be loaded */
    public Routes(WarmScorers scorers, MeterRegistry meters, RouteProblems problems) {
        this.scorers = scorers;
        this.meters = meters;
        this.problems = problems;
    }

    /** Nobody is told of what cannot be loaded. */
    public Routes(WarmScorers scorers, MeterRegistry meters) {
        this(scorers, meters, new RouteProblems(meters, status -> {}, Clock.systemUTC()));
    }

    /** What became of a route. */
    public enum Applied {
        /** It is served, all of it. */
        WHOLLY,
        /** The champion answers; the challenger cannot be loaded yet. */
        WITHOUT_CHALLENGER,
        /** The champion cannot be loaded yet; whatever was served before goes on. */
        NOT_YET,
        /** A newer or the same one is served already. */
        STALE
    }

    /** The revision that answers requests of this model now; absent when none does. */
    public OptionalLong appliedRevision(String model) {
        ServingModel now = serving.get(model);
        return now == null ? OptionalLong.empty() : OptionalLong.of(now.route().revision());
    }

    /** What serves the model now, leased: {@link ServingModel#release} it after use. */
    public Optional<ServingModel> lease(String model) {
        for (ServingModel now = serving.get(model); now != null; now = serving.get(model)) {
            if (now.lease()) {
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    /** Whether anything was said of the model: a spec or a route. */
    public boolean knows(String model) {
        return serving.containsKey(model) || specs.containsKey(model) || problems.has(model);
    }

    /** The models that are served, by name. */
    public Collection<String> models() {
        return new TreeSet<>(serving.keySet());
    }

    /** The model's spec, when it is known. */
    public Optional<ModelSpec> spec(String model) {
        return Optional.ofNullable(specs.get(model));
    }

    /** Whether everything said before the start has been read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Everything said before the start has been read. */
    public void catchUp() {
        caughtUp = true;
    }

    /** Notes a spec. */
    public void know(ModelSpec spec) {
        specs.put(spec.model(), spec);
    }

    /** Drops a spec. */
    public void forget(String model) {
        specs.remove(model);
    }

    /** Whether all that the route needs is in memory. */
    boolean warm(Route route) {
        Route.Target challenger = route.challenger();
        return scorers.warm(route.champion().artifact()) && (challenger == null || scorers.warm(challenger.artifact()));
    }

    /** Loads what the route needs, then switches to it at once. */
    public Applied apply(Route route) {
        ServingModel before = serving.get(route.model());
        if (before != null && stale(before, route)) {
            return Applied.STALE;
        }
        try {
            return swap(before, ServingModel.load(route, scorers, (target, e) -> problems.failed(route, target, e)));
        } catch (Exception | LinkageError e) {
            problems.failed(route, route.champion(), e);
            return Applied.NOT_YET;
        }
    }

    /** Ends the service of a model. */
    public void remove(String model) {
        ServingModel before = serving.remove(model);
        problems.forget(model);
        if (before != null) {
            revision(model).set(0);
            before.release();
        }
    }

    private static boolean stale(ServingModel before, Route route) {
        long now = before.route().revision();
        return route.revision() < now || (route.revision() == now && before.complete());
    }

    private Applied swap(@Nullable ServingModel before, ServingModel next) {
        Route route = next.route();
        if (before != null && before.route().revision() == route.revision() && !next.complete()) {
            next.release();
            return Applied.WITHOUT_CHALLENGER;
        }
        ServingModel replaced = serving.put(route.model(), next);
        revision(route.model()).set(route.revision());
        if (replaced != null) {
            replaced.replacedBy(next);
            replaced.release();
        }
        LOG.infof(
                "%s: route %d serves %s%s (%s)",
                route.model(), route.revision(), route.champion().version(), beside(route), route.reason());
        if (!next.complete()) {
            return Applied.WITHOUT_CHALLENGER;
        }
        problems.solved(route);
        return Applied.WHOLLY;
    }

    private static String beside(Route route) {
        Route.Target challenger = route.challenger();
        return challenger == null
                ? ""
                : ", " + challenger.version() + " at " + route.challengerPercent() + " %"
                        + (route.shadow() ? " with shadow" : "");
    }

    private AtomicLong revision(String model) {
        return revisions.computeIfAbsent(
                model, m -> meters.gauge("homeostat.gateway.route.revision", Tags.of("model", m), new AtomicLong()));
    }
}
