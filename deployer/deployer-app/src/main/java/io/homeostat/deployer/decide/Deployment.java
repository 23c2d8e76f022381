package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.Route;
import io.homeostat.deployer.admit.RecentIds;
import org.jspecify.annotations.Nullable;

/**
 * All that the deployer keeps of a model. Its size is bounded.
 *
 * @param model the model
 * @param champion who is champion now; absent before the first
 * @param route the route in force
 * @param underway the rollout under way
 * @param lost a rollout that was under way and cannot be read; absent but for the moment after it was found
 * @param candidates ids of the candidates seen lately
 * @param commands ids of the commands seen lately
 */
public record Deployment(
        String model,
        Route.@Nullable Target champion,
        @Nullable Route route,
        @Nullable Underway underway,
        @Nullable LostRollout lost,
        RecentIds candidates,
        RecentIds commands) {
    /** Of a model that nothing was said of. */
    public static Deployment none(String model) {
        return new Deployment(model, null, null, null, null, RecentIds.none(), RecentIds.none());
    }

    Deployment withChampion(Route.Target next) {
        return new Deployment(model, next, route, underway, lost, candidates, commands);
    }

    Deployment withUnderway(@Nullable Underway next) {
        return new Deployment(model, champion, route, next, lost, candidates, commands);
    }

    Deployment withLost(@Nullable LostRollout next) {
        return new Deployment(model, champion, route, underway, next, candidates, commands);
    }

    /** With another route in force. */
    public Deployment withRoute(Route next) {
        return new Deployment(model, champion, next, underway, lost, candidates, commands);
    }

    Deployment seenCandidate(String id) {
        return new Deployment(model, champion, route, underway, lost, candidates.plus(id), commands);
    }

    Deployment seenCommand(String id) {
        return new Deployment(model, champion, route, underway, lost, candidates, commands.plus(id));
    }
}
