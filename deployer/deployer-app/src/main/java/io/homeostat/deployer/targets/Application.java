package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One model's route being applied at one target, for as long as the model has both: attempt after attempt, never two at
 * once, each with the newest route. A new route is tried at once, however long the pause after the last failure.
 */
final class Application {
    private final String id;
    private final Supplier<ServingTarget> maker;
    private final Timer timer;
    private final Clock clock;
    private final Listener listener;
    private @Nullable ServingTarget target;
    private Route route;
    private Progress progress;
    private Timer.@Nullable Planned next;
    private boolean running;
    private boolean again;
    private boolean ended;

    /**
     * An application that has not begun.
     *
     * @param id the target's name within its model
     * @param maker of the target, asked at the first attempt, and again until it can be made
     * @param before what was told before this process took over, if anything
     */
    Application(
            String id,
            Supplier<ServingTarget> maker,
            Route route,
            @Nullable TargetStatus before,
            Timer timer,
            Clock clock,
            Listener listener) {
        this.id = id;
        this.maker = maker;
        this.route = route;
        this.progress = Progress.begin(before);
        this.timer = timer;
        this.clock = clock;
        this.listener = listener;
    }

    /** Wants a route from now on; an older one than the one that is wanted changes nothing. */
    synchronized void want(Route newer) {
        if (newer.revision() < route.revision()) {
            return;
        }
        boolean isNew = newer.revision() > route.revision();
        route = newer;
        if (isNew) {
            plan(Duration.ZERO);
        }
    }

    /** Begins. */
    synchronized void start() {
        plan(Duration.ZERO);
    }

    /** Ends: an attempt that is under way is the last one. */
    synchronized void end() {
        ended = true;
        if (next != null) {
            next.cancel();
        }
    }

    /** Ends if the route has no challenger and is in force; whether it has ended. */
    synchronized boolean endedAtRest() {
        if (route.challenger() == null && progress.applied() == route.revision()) {
            end();
        }
        return ended;
    }

    private void plan(Duration delay) {
        if (ended) {
            return;
        }
        if (running) {
            again = true;
            return;
        }
        if (next != null) {
            next.cancel();
        }
        next = timer.in(delay, this::attempt);
    }

    private void attempt() {
        Route wanted;
        synchronized (this) {
            if (ended || running) {
                return;
            }
            running = true;
            again = false;
            wanted = route;
        }
        Outcome outcome = outcome(wanted);
        listener.attempted(wanted.model(), id, outcome);
        synchronized (this) {
            running = false;
            Progress.Step step = progress.after(id, wanted, outcome, clock.instant());
            progress = step.progress();
            step.toTell().ifPresent(status -> listener.told(status, wanted, step.news()));
            plan(again ? Duration.ZERO : step.delay());
        }
    }

    private Outcome outcome(Route wanted) {
        try {
            if (target == null) {
                target = maker.get();
            }
            return Reconciler.reconcile(target, wanted);
        } catch (RuntimeException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }
}
