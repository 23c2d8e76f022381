package io.homeostat.gateway.route;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Which models' routes cannot be loaded, and why. A load that failed is tried again every second, as what is missing may come
 * yet; what is wrong is logged and told when it shows, when it is another thing, and when it is over. It is told again every minute,
 * as a gateway that has ended says nothing of its problems' end.
 */
public final class RouteProblems {
    private static final Logger LOG = Logger.getLogger(RouteProblems.class);

    /** What is wrong with a model's route, and when it was told last. */
    private record Problem(long revision, String reason, Instant told) {
        boolean isSame(Problem other) {
            return revision == other.revision && reason.equals(other.reason);
        }
    }

    private final MeterRegistry meters;
    private final Consumer<TargetStatus> listener;
    private final Clock clock;
    private final ConcurrentMap<String, Problem> problems = new ConcurrentHashMap<>();

    /**
     * @param meters where every load that failed is counted
     * @param listener told of {@link TargetStatus#GATEWAYS}
     */
    public RouteProblems(MeterRegistry meters, Consumer<TargetStatus> listener, Clock clock) {
        this.meters = meters;
        this.listener = listener;
        this.clock = clock;
    }

    /** A version of the route cannot be loaded. */
    void failed(Route route, Route.Target target, Throwable cause) {
        String model = route.model();
        meters.counter("homeostat.gateway.route.load.failures", "model", model).increment();
        String message = cause.getMessage();
        String reason = "version " + target.version() + " cannot be loaded from artifact "
                + target.artifact().sha256() + ", which is tried every second: "
                + (message == null ? cause.toString() : message);
        Problem now = new Problem(route.revision(), reason, clock.instant());
        Problem before = problems.get(model);
        if (before == null || !before.isSame(now)) {
            LOG.warnf("%s: route %d waits: %s", model, route.revision(), reason);
        } else if (before.told().plus(TargetStatus.GATEWAYS_TELL).isAfter(now.told())) {
            return;
        }
        problems.put(model, now);
        tell(route, TargetStatus.Phase.WAITING, reason);
    }

    /** All of the route is loaded. */
    void solved(Route route) {
        if (problems.remove(route.model()) != null) {
            tell(route, TargetStatus.Phase.APPLIED, "all versions are loaded");
        }
    }

    /** The model has no route any more. */
    void forget(String model) {
        problems.remove(model);
    }

    /** Whether the model's newest route cannot be loaded wholly. */
    boolean has(String model) {
        return problems.containsKey(model);
    }

    private void tell(Route route, TargetStatus.Phase phase, String reason) {
        listener.accept(new TargetStatus(
                route.model(), TargetStatus.GATEWAYS, route.revision(), phase, clock.instant(), reason));
    }
}
