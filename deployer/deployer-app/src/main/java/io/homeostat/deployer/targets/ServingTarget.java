package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;

/**
 * Where a model is served, and who shares its traffic out there. A {@link Reconciler} tells it what to do, in this order:
 * make ready, route, scale. Every method may be called again at any time, also by another process after a crash, and then
 * changes nothing that is right already. A call lasts seconds at most: what takes longer is asked for and looked at again.
 * Errors: {@link TargetException}, with what is wrong and a way out.
 */
public interface ServingTarget {
    /** What a route looks like here, as far as this target can express it. */
    Observed wanted(Route route);

    /** What is in force here, seen with the two versions of a route. */
    Observed observe(Route route);

    /**
     * Asks for a version to be able to take its share of a route, and says whether it is.
     *
     * @param version the route's champion or challenger, whose share is to rise
     * @param percentNow its share now: what serves half of the traffic already is not to be waited for until it is perfect
     */
    Readiness ready(Route route, Route.Target version, double percentNow);

    /** Shares the traffic out as a route says, in one change. */
    void route(Route route);

    /** Puts to rest what a route in force does not name, and says whether nothing is left to do. */
    Readiness scale(Route route);
}
