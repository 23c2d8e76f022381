package io.homeostat.gateway.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
        deadlines.watch(late);
        deadlines.watch(inTime);
        nanos.addAndGet(5_000_000);
        deadlines.watch(later);
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
    void aCallThatHasEndedIsNotWatched() {
        // when
        deadlines.watch(CompletableFuture.completedFuture("answer"));
        // then
        assertThat(deadlines.watched()).isZero();
    }
}
