package io.homeostat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void answersRequestsOfItsOwnUntilItsTimeIsOver() {
        // given
        Rehearsal rehearsal = new Rehearsal(Duration.ofSeconds(1));
        // when
        rehearsal.start();
        // then
        assertThat(rehearsal.over()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(rehearsal::over);
        assertThat(rehearsal.answered()).isPositive();
        assertThat(rehearsal.failed()).isZero();
    }

    @Test
    void isOverAtOnceWhereItIsNotWanted() {
        // given
        Rehearsal rehearsal = new Rehearsal(Duration.ZERO);
        // when
        rehearsal.start();
        // then
        assertThat(rehearsal.over()).isTrue();
        assertThat(rehearsal.answered()).isZero();
    }

    @Test
    void canBeBrokenOff() {
        // given
        Rehearsal rehearsal = new Rehearsal(Duration.ofMinutes(5));
        rehearsal.start();
        // when
        rehearsal.close();
        // then
        await().atMost(Duration.ofSeconds(20)).until(rehearsal::over);
    }

    @Test
    void aTimeThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> new Rehearsal(Duration.ofHours(1)))
                .hasMessageContaining("homeostat.gateway.rehearsal")
                .hasMessageContaining("0s to 10m");
    }
}
