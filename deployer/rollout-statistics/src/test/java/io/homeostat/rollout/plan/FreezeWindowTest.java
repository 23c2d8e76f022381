package io.homeostat.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-07-10T13:59:59Z, false", // Friday, 15:59:59 in summer
        "2026-07-10T14:00:00Z, true",
        "2026-01-09T14:59:59Z, false", // Friday, 15:59:59 in winter
        "2026-01-09T15:00:00Z, true",
        "2026-01-10T05:59:00Z, false", // Saturday 06:59, Friday's window is over at 06:00
        "2026-01-10T04:59:00Z, true",
        "2026-01-09T04:59:00Z, false", // Friday morning: Thursday has none
    })
    void aWeeklyWindowFollowsTheLocalClockOverMidnight(Instant time, boolean frozen) {
        // given
        FreezeWindow window =
                new FreezeWindow.Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(16, 0), LocalTime.of(6, 0), BERLIN);

        // when, then
        assertThat(window.contains(time)).isEqualTo(frozen);
        assertThat(window.words()).isEqualTo("on [FRIDAY] from 16:00 to 06:00 Europe/Berlin");
    }

    @Test
    void aWindowWithinADayEndsThatDay() {
        // given
        FreezeWindow window = new FreezeWindow.Weekly(
                Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(10, 0), ZoneId.of("UTC"));

        // when, then
        assertThat(window.contains(Instant.parse("2026-01-05T09:00:00Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-01-05T10:00:00Z"))).isFalse();
        assertThat(window.contains(Instant.parse("2026-01-06T09:30:00Z"))).isFalse();
    }

    @Test
    void aSingleWindowEndsBeforeItsEnd() {
        // given
        Instant from = Instant.parse("2026-12-24T00:00:00Z");
        Instant to = Instant.parse("2027-01-02T00:00:00Z");
        FreezeWindow window = new FreezeWindow.Once(from, to);

        // when, then
        assertThat(window.contains(from)).isTrue();
        assertThat(window.contains(to)).isFalse();
        assertThatThrownBy(() -> new FreezeWindow.Once(to, from)).hasMessageContaining("rollout.freeze: from 2027");
        assertThatThrownBy(() -> new FreezeWindow.Weekly(Set.of(), LocalTime.MIN, LocalTime.NOON, BERLIN))
                .hasMessageContaining("rollout.freeze: days are empty");
    }
}
