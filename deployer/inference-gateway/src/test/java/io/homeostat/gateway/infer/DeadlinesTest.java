package io.homeostat.gateway.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(Duration.ofMillis(10), nanos::get);

    @Test
    void endsWhatIsLateAndForgetsWhatHasEnded() {
        // given
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<String> inTime = new CompletableFuture<>();
        CompletableFuture<String> later = new CompletableFuture<>();
        deadlines.watch(late, () -> false);
        deadlines.watch(inTime, () -> true);
        nanos.addAndGet(5_000_000);
        deadlines.watch(later, () -> false);
        inTime.complete("answer");

        // when
        nanos.addAndGet(5_000_000);
        deadlines.look();

        // then
        assertThat(late).isCompletedExceptionally();
        assertThat(inTime).isCompletedWithValue("answer");
        assertThat(later).isNotDone();
        assertThat(deadlines.watched()).isEqualTo(1);
    }

    @Test
    void cancelsWhatNobodyWantsAnyMore() {
        // given
        AtomicBoolean unwanted = new AtomicBoolean();
        CompletableFuture<String> call = new CompletableFuture<>();
        deadlines.watch(call, unwanted::get);
        deadlines.look();
        assertThat(call).isNotDone();

        // when
        unwanted.set(true);
        deadlines.look();

        // then
        assertThat(call).isCancelled();
        assertThat(deadlines.watched()).isZero();
    }

    @Test
    void aCallThatHasEndedIsNotWatched() {
        // when
        deadlines.watch(CompletableFuture.completedFuture("answer"), () -> false);
        // then
        assertThat(deadlines.watched()).isZero();
    }
}
