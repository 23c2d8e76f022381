package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.Route;
import java.time.Instant;

/** Routes of the model loans, by the versions' names. */
final class Routes {
    static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");

    private Routes() {}

    static Route.Target version(String name) {
        return new Route.Target(name, new ArtifactRef("%064x".formatted(name.hashCode()), "homeostat-lightgbm/1", 100));
    }

    /** One version serves everybody. */
    static Route serves(long revision, String champion) {
        return new Route("loans", revision, T0, version(champion), null, 0, false, null, null, null, "because");
    }

    /** A challenger has a share, or shadows at 0 %. */
    static Route shared(long revision, String champion, String challenger, double percent) {
        return new Route(
                "loans",
                revision,
                T0,
                version(champion),
                version(challenger),
                percent,
                true,
                "r-1",
                1,
                "salt",
                "because");
    }
}
