package io.homeostat.drift.statistics.correction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CorrectionTest {
    @Test
    void adjustsStepUp() {
        assertThat(BenjaminiHochberg.adjust(new double[] {0.9, 0.01, 0.02}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.9, 0.03, 0.03);
    }

    @Test
    void believesWhatLasts() {
        Persistence persistence = new Persistence(2);
        Instant first = Instant.EPOCH;
        assertThat(persistence.note("a", true, first)).isEmpty();
        persistence = Persistence.fromBytes(persistence.toBytes());
        assertThat(persistence.note("a", true, first.plusSeconds(1))).contains(first);
        assertThat(persistence.note("a", false, first.plusSeconds(2))).isEmpty();
        assertThat(persistence.note("a", true, first.plusSeconds(3))).isEmpty();
    }

    @Test
    void aWindowThatIsJudgedTwiceIsNoSecondWindow() {
        // given a window, some rows of which came late
        Persistence persistence = new Persistence(2);
        persistence.note("a", true, Instant.EPOCH);
        persistence = Persistence.fromBytes(persistence.toBytes());
        // when
        var again = persistence.note("a", true, Instant.EPOCH);
        // then
        assertThat(again).isEmpty();
        assertThat(persistence.note("a", true, Instant.EPOCH.plusSeconds(1))).contains(Instant.EPOCH);
    }

    @Test
    void anotherNumberOfWindowsHoldsFromNowOn() {
        Persistence persistence = new Persistence(2);
        persistence.note("a", true, Instant.EPOCH);
        persistence.require(3);
        assertThat(persistence.note("a", true, Instant.EPOCH.plusSeconds(1))).isEmpty();
        assertThat(persistence.note("a", true, Instant.EPOCH.plusSeconds(2))).contains(Instant.EPOCH);
    }
}
