package io.homeostat.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.testing.FakeModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RouteFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Topics topics = new Topics("homeostat", 1, (short) 1);
    private final FakeModels models = new FakeModels().with("v1", row -> 0).with("v2", row -> 1);
    private final Routes routes = new Routes(new WarmScorers(models), new SimpleMeterRegistry());
    private final RouteFollower follower = new RouteFollower(routes, topics, "nowhere:1");

    @Test
    void loadsOnlyTheNewestOfManyRoutes() {
        // given
        note(route(1, "v1"));
        note(route(3, "v2"));
        note(route(2, "v1"));

        // when
        follower.applyPending();

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(routes.appliedRevision("loans")).hasValue(3));
        assertThat(models.loaded).hasValue(1);
    }

    @Test
    void aTombstoneEndsTheServiceOfAModel() {
        // given
        note(route(1, "v1"));
        follower.applyPending();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(routes.appliedRevision("loans")).hasValue(1));
        follower.applyPending();

        // when
        follower.route("loans", null);

        // then
        assertThat(routes.appliedRevision("loans")).isEmpty();
        assertThat(models.closed).hasValue(1);
    }

    private void note(Route route) {
        follower.route(route.model(), route);
    }

    private static Route route(long revision, String version) {
        return new Route(
                "loans",
                revision,
                Instant.EPOCH,
                new Route.Target(version, FakeModels.artifact(version)),
                null,
                0,
                false,
                null,
                null,
                null,
                "test");
    }
}
