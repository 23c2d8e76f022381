package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.Route.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a target closer to a route: what is wanted is compared with what is there, and the difference applied. Nothing is
 * remembered between attempts, so any of them may be cut off.
 *
 * <p>The order is ready, route, scale. A version is ready before its share rises, so on the way out the challenger gets its
 * share when it can answer, and on the way back the champion gets all when it can. Shares change in one step, and a route
 * older than the one in force is never applied: the challenger's weight cannot rise on the way back.
 */
final class Reconciler {
    private Reconciler() {}

    /** One attempt. Failures are values. */
    static Outcome reconcile(ServingTarget target, Route route) {
        try {
            return attempt(target, route);
        } catch (RuntimeException e) {
            return new Outcome.Failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static Outcome attempt(ServingTarget target, Route route) {
        Observed wanted = target.wanted(route);
        Observed before = target.observe(route);
        if (before.revision() > route.revision()) {
            return new Outcome.Superseded("revision " + before.revision() + " is in force there, newer than "
                    + route.revision() + "; if that is left from another installation, remove its mark there");
        }
        boolean routed = before.revision() == route.revision() && before.sharesAs(wanted);
        if (!routed) {
            for (Target version : rising(route, before, wanted)) {
                boolean champion = version.equals(route.champion());
                Readiness readiness =
                        target.ready(route, version, champion ? before.championPercent() : before.challengerPercent());
                if (!readiness.done()) {
                    return new Outcome.Waiting(readiness.reason());
                }
            }
            target.route(route);
            Observed after = target.observe(route);
            if (after.revision() < route.revision() || !after.sharesAs(wanted)) {
                return new Outcome.Waiting("it shows " + after + ", wanted is " + wanted);
            }
        }
        Readiness rest = target.scale(route);
        return rest.done() ? new Outcome.Applied(!routed, wanted.toString()) : new Outcome.Waiting(rest.reason());
    }

    private static List<Target> rising(Route route, Observed before, Observed wanted) {
        List<Target> rising = new ArrayList<>();
        if (wanted.championPercent() > before.championPercent()) {
            rising.add(route.champion());
        }
        Target challenger = route.challenger();
        boolean rises = wanted.challengerPercent() > before.challengerPercent()
                || (wanted.challengerPresent() && !before.challengerPresent());
        if (challenger != null && rises) {
            rising.add(challenger);
        }
        return rising;
    }
}
