package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.spec.TargetSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routes of this process's models, each at every target that its spec names now. One target's trouble delays no other:
 * attempts are bounded in time and run side by side.
 */
final class Applications {
    /** How often a model's spec is looked at. */
    static final Duration LOOK_AT_SPECS = Duration.ofSeconds(5);

    private final Function<String, Optional<List<TargetSpec>>> specs;
    private final Function<TargetSpec, ServingTarget> targets;
    private final Function<String, Optional<TargetStatus>> before;
    private final Timer timer;
    private final Clock clock;
    private final Listener listener;
    private final Map<String, Model> models = new HashMap<>();
    private boolean closed;

    /**
     * @param specs the targets of a model, none if it is not registered; throws while they are not known
     * @param targets makes a target
     * @param before what was told last of a model and target, by {@link TargetStatus#key}
     */
    Applications(
            Function<String, Optional<List<TargetSpec>>> specs,
            Function<TargetSpec, ServingTarget> targets,
            Function<String, Optional<TargetStatus>> before,
            Timer timer,
            Clock clock,
            Listener listener) {
        this.specs = specs;
        this.targets = targets;
        this.before = before;
        this.timer = timer;
        this.clock = clock;
        this.listener = listener;
    }

    private static final class Model {
        private Route route;
        private final Map<TargetSpec, Application> applications = new HashMap<>();
        private Timer.@Nullable Planned next;

        private Model(Route route) {
            this.route = route;
        }
    }

    /** Wants a route to be in force at its model's targets. */
    synchronized void want(Route route) {
        Model model = models.computeIfAbsent(route.model(), name -> new Model(route));
        if (route.revision() >= model.route.revision()) {
            model.route = route;
        }
        model.applications.values().forEach(application -> application.want(model.route));
        look(route.model());
    }

    /** Has nothing to do with these models any more; what is in force at their targets stays. */
    synchronized void forget(Predicate<String> names) {
        models.entrySet().removeIf(entry -> {
            boolean forgotten = names.test(entry.getKey());
            if (forgotten) {
                end(entry.getValue());
            }
            return forgotten;
        });
    }

    /** Ends all of it. */
    synchronized void close() {
        closed = true;
        forget(name -> true);
    }

    private static void end(Model model) {
        model.applications.values().forEach(Application::end);
        if (model.next != null) {
            model.next.cancel();
        }
    }

    private synchronized void look(String name) {
        Model model = models.get(name);
        if (model == null || closed) {
            return;
        }
        if (model.next != null) {
            model.next.cancel();
        }
        model.next = timer.in(LOOK_AT_SPECS, () -> look(name));
        try {
            specs.apply(name).ifPresentOrElse(wanted -> follow(model, wanted), () -> letGo(model));
        } catch (RuntimeException e) {
            // the specs are not known yet: looked at again
        }
    }

    private void follow(Model model, List<TargetSpec> wanted) {
        model.applications.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().end();
            }
            return gone;
        });
        for (TargetSpec spec : wanted) {
            model.applications.computeIfAbsent(spec, s -> begin(s, model.route));
        }
    }

    /** A model that is registered no longer: each target is left when it serves by a route without a challenger. */
    private static void letGo(Model model) {
        model.applications.values().removeIf(Application::endedAtRest);
    }

    private Application begin(TargetSpec spec, Route route) {
        String id = spec.id();
        Application application = new Application(
                id,
                () -> targets.apply(spec),
                route,
                before.apply(route.model() + "/" + id).orElse(null),
                timer,
                clock,
                listener);
        application.start();
        return application;
    }
}
