package io.homeostat.drift.statistics.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeekClockTest {
    private final WeekClock utc = new WeekClock(ZoneOffset.UTC);

    @Test
    void theEpochIsAThursdayAtMidnightAndTheWeekGoesRound() {
        assertThat(utc.slotOf(0)).isZero();
        assertThat(utc.slotOf(3_600_000L * 25)).isEqualTo(25);
        assertThat(utc.slotOf(3_600_000L * 168)).isZero();
        assertThat(utc.slotOf(-1)).isEqualTo(167);
    }

    @Test
    void anOffsetMovesTheHours() {
        WeekClock india = new WeekClock(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(india.slotOf(0)).isEqualTo(5);
        assertThat(india.hours(Instant.EPOCH, Instant.EPOCH.plusSeconds(3_600)))
                .satisfies(hours -> assertThat(hours[5]).isEqualTo(0.5))
                .satisfies(hours -> assertThat(hours[6]).isEqualTo(0.5));
    }

    @Test
    void aSpanIsCutIntoItsHours() {
        Instant from = Instant.parse("1970-01-01T22:30:00Z");
        double[] hours = utc.hours(from, from.plus(Duration.ofHours(3)));
        assertThat(hours[22]).isEqualTo(0.5);
        assertThat(hours[23]).isEqualTo(1);
        assertThat(hours[24]).isEqualTo(1);
        assertThat(hours[25]).isEqualTo(0.5);
        assertThat(Arrays.stream(utc.hours(from, from.plus(Duration.ofDays(400))))
                        .sum())
                .isEqualTo(9_600);
        assertThat(utc.hours(from, from)[22]).isEqualTo(1);
        assertThat(utc.hours(from, from.minusSeconds(9))[22]).isEqualTo(1);
    }
}
