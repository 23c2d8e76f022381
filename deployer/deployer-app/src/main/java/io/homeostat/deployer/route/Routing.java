package io.homeostat.deployer.route;

import io.homeostat.backbone.event.Route;
import io.homeostat.deployer.decide.Deployment;
import io.homeostat.deployer.decide.Underway;
import io.homeostat.rollout.lifecycle.RolloutState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives the route from where the deployment stands: while a rollout is under way both sides compute every request; in
 * shadow the candidate answers nobody, in a canary its share; during the watch the previous champion answers nobody.
 */
public final class Routing {
    private Routing() {}

    /** The next route; empty if the one in force says the same already, or while there is no champion. */
    public static Optional<Route> next(Deployment deployment, Instant at, String reason) {
        Route.Target champion = deployment.champion();
        if (champion == null) {
            return Optional.empty();
        }
        Route before = deployment.route();
        Underway underway = deployment.underway();
        long revision = before == null ? 1 : before.revision() + 1;
        Route next = underway == null
                ? new Route(deployment.model(), revision, at, champion, null, 0, false, null, null, null, reason)
                : during(underway, champion, revision, at, reason);
        return same(before, next) ? Optional.empty() : Optional.of(next);
    }

    private static Route during(Underway underway, Route.Target champion, long revision, Instant at, String reason) {
        boolean watching = underway.rollout().state() instanceof RolloutState.Watching;
        return new Route(
                underway.rollout().model(),
                revision,
                at,
                champion,
                watching ? underway.champion() : underway.candidate(),
                watching ? 0 : underway.rollout().weightPercent(),
                true,
                underway.rollout().id(),
                underway.step(),
                underway.rollout().salt(),
                reason);
    }

    private static boolean same(@Nullable Route before, Route next) {
        return before != null
                && before.champion().equals(next.champion())
                && Objects.equals(before.challenger(), next.challenger())
                && before.challengerPercent() == next.challengerPercent()
                && before.shadow() == next.shadow()
                && Objects.equals(before.rolloutId(), next.rolloutId())
                && Objects.equals(before.step(), next.step())
                && Objects.equals(before.salt(), next.salt());
    }
}
