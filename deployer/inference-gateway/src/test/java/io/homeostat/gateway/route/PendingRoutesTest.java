package io.homeostat.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.testing.FakeModels;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PendingRoutesTest {
    private final FakeModels models = new FakeModels().with("v1", row -> 0).with("v2", row -> 1);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<TargetStatus> told = new ArrayList<>();
    private final Routes routes = new Routes(
            new WarmScorers(models),
            meters,
            new RouteProblems(meters, told::add, ((InstantSource) this::now).withZone(ZoneOffset.UTC)));
    private final Queue<Runnable> loads = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final PendingRoutes pending = new PendingRoutes(routes, loads::add, nanos::get);

    @Test
    void theWayBackToWhatIsInMemoryWaitsForNoLoad() {
        // given: loans is served, and another model's load hangs
        say(route("loans", 1, "v1", "v2"));
        loads.remove().run();
        say(route("cars", 1, "v9", null));

        // when
        say(route("loans", 2, "v1", null));

        // then
        assertThat(routes.appliedRevision("loans")).hasValue(2);
        assertThat(loads).hasSize(1);
        assertThat(pending.idle()).isFalse();
    }

    @Test
    void aModelsNewerRouteWaitsForTheOlderOnesLoadAndIsAppliedRightAfterIt() {
        // given
        say(route("loans", 1, "v1", null));
        say(route("loans", 2, "v2", null));
        assertThat(loads).hasSize(1);

        // when
        loads.remove().run();
        pending.apply();

        // then
        assertThat(routes.appliedRevision("loans")).hasValue(1);
        loads.remove().run();
        pending.apply();
        assertThat(routes.appliedRevision("loans")).hasValue(2);
        assertThat(pending.idle()).isTrue();
    }

    @Test
    void whatCannotBeLoadedIsTriedAgainEverySecond() {
        // given
        say(route("loans", 1, "v9", null));
        loads.remove().run();
        pending.apply();
        assertThat(loads).isEmpty();

        // when
        models.with("v9", row -> 1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pending.apply();
        loads.remove().run();

        // then
        assertThat(routes.appliedRevision("loans")).hasValue(1);
    }

    @Test
    void whatCannotBeLoadedIsToldOnceAMinuteWithTheReasonAndWhenItIsOver() {
        // given
        say(route("loans", 1, "v1", "v9"));
        loads.remove().run();

        // when
        tryForSeconds(59);

        // then
        String digest = FakeModels.artifact("v9").sha256();
        String problem = "version v9 cannot be loaded from artifact " + digest
                + ", which is tried every second: there is no artifact " + digest;
        TargetStatus waiting =
                new TargetStatus("loans", "gateways", 1, TargetStatus.Phase.WAITING, Instant.EPOCH, problem);
        assertThat(told).containsExactly(waiting);
        assertThat(meters.counter("homeostat.gateway.route.load.failures", "model", "loans")
                        .count())
                .isEqualTo(60);

        // when: a minute has passed, and then it is there
        tryForSeconds(60);
        models.with("v9", row -> 1);
        tryForSeconds(1);

        // then
        assertThat(told)
                .extracting(TargetStatus::phase)
                .containsExactly(TargetStatus.Phase.WAITING, TargetStatus.Phase.WAITING, TargetStatus.Phase.APPLIED);
    }

    private void tryForSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            pending.apply();
            loads.remove().run();
        }
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }

    @Test
    void aModelWhoseChampionCannotBeLoadedIsKnownUntilItsRouteEnds() {
        // given
        say(route("loans", 1, "v9", null));
        loads.remove().run();
        assertThat(routes.knows("loans")).isTrue();
        assertThat(told).extracting(TargetStatus::phase).containsExactly(TargetStatus.Phase.WAITING);

        // when
        pending.drop("loans");

        // then
        assertThat(routes.knows("loans")).isFalse();
    }

    @Test
    void aModelThatIsDroppedWhileItLoadsIsNotServed() {
        // given
        say(route("loans", 1, "v1", null));

        // when
        pending.drop("loans");
        loads.remove().run();
        pending.apply();

        // then
        assertThat(routes.appliedRevision("loans")).isEmpty();
        assertThat(models.closed).hasValue(1);
        assertThat(pending.idle()).isTrue();
    }

    private void say(Route route) {
        pending.note(route);
        pending.apply();
    }

    private static Route route(String model, long revision, String champion, String challenger) {
        return new Route(
                model,
                revision,
                Instant.EPOCH,
                new Route.Target(champion, FakeModels.artifact(champion)),
                challenger == null ? null : new Route.Target(challenger, FakeModels.artifact(challenger)),
                challenger == null ? 0 : 5,
                false,
                null,
                null,
                null,
                "test");
    }
}
