package io.homeostat.gateway.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Route;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.testing.FakeModels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShadowWorkTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ShadowWork work = new ShadowWork(3, Duration.ofSeconds(1), nanos::get);
    private final ServingModel serving = serving();
    private final List<String> told = new ArrayList<>();

    @Test
    void aRequestWhoseOtherSideHangsHoldsUpNoOther() {
        // given
        CompletableFuture<Void> hangs = new CompletableFuture<>();
        assertThat(later("hangs", true, hangs)).isTrue();

        // when
        later("quick", true, CompletableFuture.completedFuture(null));

        // then
        assertThat(told).containsExactly("quick");
        hangs.complete(null);
        assertThat(told).containsExactly("quick", "hangs");
    }

    @Test
    void ofModelsInThisProcessOneIsComputedAtATimeAndALateOneIsToldWithoutTheOtherSide() {
        // given
        CompletableFuture<Void> hangs = new CompletableFuture<>();
        later("first", false, hangs);
        later("second", false, CompletableFuture.completedFuture(null));
        assertThat(told).isEmpty();

        // when
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        hangs.complete(null);

        // then
        assertThat(told).containsExactly("first", "second is late", "second");
    }

    @Test
    void rowsUnderWayKeepTheirRoomAndTheLeaseOfTheirModels() {
        // given
        CompletableFuture<Void> hangs = new CompletableFuture<>();
        for (int i = 0; i < 3; i++) {
            assertThat(later("p" + i, true, hangs)).isTrue();
        }

        // when
        boolean fourth = later("p3", true, hangs);
        serving.release();
        boolean leased = serving.lease();
        hangs.complete(null);

        // then
        assertThat(fourth).isFalse();
        assertThat(leased).isTrue();
        serving.release();
        assertThat(serving.lease()).isFalse();
        assertThat(told).hasSize(3);
    }

    @Test
    void whatCannotBeToldKeepsNoRoom() {
        // when
        for (int i = 0; i < 10; i++) {
            boolean taken =
                    work.later(serving, 1, true, () -> CompletableFuture.completedFuture(null), () -> {}, () -> {
                        throw new IllegalStateException("cannot be written");
                    });
            // then
            assertThat(taken).isTrue();
        }
    }

    @Test
    void whatWaitsAtTheEndIsToldWithoutTheOtherSideAndNothingMoreIsTaken() {
        // given: nobody will ever answer
        later("under way", false, new CompletableFuture<>());
        later("waiting", false, new CompletableFuture<>());

        // when
        Thread.currentThread().interrupt(); // so that it does not wait
        work.close();

        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("waiting is late", "waiting");
        assertThat(later("afterwards", true, new CompletableFuture<>())).isFalse();
    }

    private boolean later(String name, boolean remote, CompletableFuture<Void> computed) {
        return work.later(serving, 1, remote, () -> computed, () -> told.add(name + " is late"), () -> told.add(name));
    }

    private static ServingModel serving() {
        Route.Target target = new Route.Target("v1", FakeModels.artifact("v1"));
        Route route = new Route("loans", 1, Instant.EPOCH, target, null, 0, false, null, null, null, "test");
        try {
            return ServingModel.load(route, new WarmScorers(new FakeModels().with("v1", row -> 0)), (failed, e) -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
