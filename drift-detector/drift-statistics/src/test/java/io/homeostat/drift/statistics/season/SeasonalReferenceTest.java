package io.homeostat.drift.statistics.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeasonalReferenceTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final WeekClock CLOCK = new WeekClock(ZoneOffset.UTC);
    private static final int CELLS = 11;
    private static final CellKinds KINDS =
            new CellKinds(true, IntStream.range(0, CELLS).toArray());

    private interface Shape {
        double shift(int hour);
    }

    /* 20 rows an hour, in ten cells by the normal deciles, the last cell (missing) empty. */
    private static SeasonalReference season(int seed, int hours, Shape shape) {
        Random random = new Random(seed);
        long[] times = new long[hours * 20];
        int[] cells = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = MONDAY.plus(Duration.ofHours(i / 20)).toEpochMilli();
            double value = random.nextGaussian() + shape.shift(i / 20);
            cells[i] = (int) Math.max(0, Math.min(9, Math.floor(5 + 2.5 * value)));
        }
        return new SeasonLearner(CLOCK, MONDAY, MONDAY.plus(Duration.ofHours(hours)), Duration.ofHours(6), times)
                .learn("x", cells, KINDS)
                .season();
    }

    private static double upper(Mixture mixture) {
        return IntStream.range(5, 10)
                .mapToDouble(cell -> mixture.shares()[cell])
                .sum();
    }

    private static Mixture hour(SeasonalReference season, int hour) {
        Instant from = MONDAY.plus(Duration.ofHours(hour));
        return season.expected("x", from, from.plus(Duration.ofHours(1)));
    }

    private static double weekly(int hour) {
        return hour % 24 < 12 ? 0 : hour / 24 % 7 >= 5 ? 2 : 1;
    }

    @Test
    void withoutASeasonASlotIsWorthMoreThanItsOwnRows() {
        for (int seed = 0; seed < 10; seed++) {
            Mixture mixture = hour(season(seed, 4 * 168, hour -> 0), 3);
            assertThat(upper(mixture)).isCloseTo(0.5, within(0.06));
            assertThat(mixture.rows()).as("seed " + seed).isGreaterThan(2 * 80);
        }
    }

    @Test
    void hoursOfWeekAreToldApartOverFourWeeks() {
        SeasonalReference season = season(1, 4 * 168, SeasonalReferenceTest::weekly);
        assertThat(season.level()).isEqualTo(Level.HOUR_OF_WEEK);
        assertThat(upper(hour(season, 3))).isCloseTo(0.5, within(0.08));
        assertThat(upper(hour(season, 15))).isCloseTo(0.84, within(0.06));
        assertThat(upper(hour(season, 5 * 24 + 15))).isCloseTo(0.98, within(0.04));
        assertThat(hour(season, 15).rows()).isBetween(60.0, 600.0);
    }

    @Test
    void hoursOfDayAreToldApartBelowAWeekAndNothingBelowADay() {
        SeasonalReference days = season(1, 72, hour -> hour % 24 < 12 ? 0 : 2);
        assertThat(days.level()).isEqualTo(Level.HOUR_OF_DAY);
        assertThat(upper(hour(days, 24 * 6 + 15))).isCloseTo(0.97, within(0.06));
        SeasonalReference hours = season(1, 12, hour -> hour < 6 ? 0 : 2);
        assertThat(hours.level()).isEqualTo(Level.GLOBAL);
        assertThat(upper(hour(hours, 1))).isEqualTo(upper(hour(hours, 11)));
    }

    @Test
    void aSpanMixesItsHoursByTheirTraffic() {
        SeasonalReference season = season(1, 4 * 168, SeasonalReferenceTest::weekly);
        Mixture both = season.expected("x", MONDAY.plus(Duration.ofHours(11)), MONDAY.plus(Duration.ofHours(13)));
        assertThat(upper(both)).isCloseTo((upper(hour(season, 11)) + upper(hour(season, 12))) / 2, within(1e-9));
        assertThat(both.rows()).isGreaterThan(hour(season, 11).rows());
    }

    @Test
    void independentRowsDoNotWanderAndLevelsThatMoveFromDayToDayDo() {
        double chance = 1.0 / 120 + 1.0 / 1_000;
        double still = 0;
        double wandering = 0;
        for (int seed = 0; seed < 20; seed++) {
            still += season(seed, 4 * 168, SeasonalReferenceTest::weekly)
                            .wander("x")
                            .distance()
                    / chance
                    / 20;
            Random random = new Random(1_000 + seed);
            double[] days = random.doubles(28).map(u -> u - 0.5).toArray();
            wandering +=
                    season(seed, 4 * 168, hour -> days[hour / 24]).wander("x").distance() / chance / 20;
        }
        assertThat(1 + still).isBetween(1.0, 1.25);
        assertThat(1 + wandering).isBetween(2.5, 6.0);
    }

    @Test
    void mergesLikeOneAndSurvivesItsBytes() {
        // given
        SeasonalReference left = season(1, 168, SeasonalReferenceTest::weekly);
        SeasonalReference right = season(2, 168, SeasonalReferenceTest::weekly);
        SeasonalReference other = SeasonalReference.fromBytes(right.toBytes());
        // when
        other.merge(left);
        left.merge(right);
        // then
        assertThat(left.toBytes()).isEqualTo(other.toBytes());
        assertThat(left.counts("x").rows(15)).isEqualTo(40);
        assertThat(SeasonalReference.fromBytes(left.toBytes()).toBytes()).isEqualTo(left.toBytes());
        assertThat(hour(SeasonalReference.fromBytes(left.toBytes()), 7))
                .usingRecursiveComparison()
                .isEqualTo(hour(left, 7));
    }

    @Test
    void refusesWhatDoesNotFit() {
        SeasonalReference season = season(1, 24, hour -> 0);
        assertThatThrownBy(() -> season.expected("y", MONDAY, MONDAY)).hasMessageContaining("no feature 'y'");
        assertThatThrownBy(() -> season.merge(SeasonalReference.over(CLOCK, MONDAY, MONDAY)))
                .hasMessageContaining("cannot be merged");
        assertThatThrownBy(() -> new SeasonLearner(CLOCK, MONDAY, MONDAY, Duration.ZERO, new long[0]))
                .hasMessageContaining("window: PT0S is below 1 ms");
    }

    @Test
    void aSlotThatIsAlwaysTheSameIsBelievedAtOnce() {
        SlotCounts counts = new SlotCounts(3);
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            counts.add(slot, slot % 24 < 12 ? 0 : 1, 2);
        }
        Credibility credibility = Credibility.of(counts, true, Level.HOUR_OF_WEEK);
        double[] weights = new double[WeekClock.WEEK];
        weights[1] = 1;
        assertThat(credibility.weekRows()).isInfinite();
        assertThat(Mixture.of(counts, credibility, weights).shares()[0]).isCloseTo(1, within(1e-6));
    }

    @Test
    void categoriesThatASlotNeverHasAreNotBorrowed() {
        SlotCounts counts = new SlotCounts(4);
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            boolean weekend = slot / 24 == 2 || slot / 24 == 3; // slot 0 is on a Thursday
            for (int cell = 0; cell < (weekend ? 1 : 3); cell++) {
                counts.add(slot, cell, weekend ? 18 : 6);
            }
        }
        double[] weights = new double[WeekClock.WEEK];
        for (int hour = 0; hour < 6; hour++) {
            weights[48 + hour] = 1 / 6.0;
        }
        Mixture borrowing = Mixture.of(counts, new Credibility(30, 100), weights);
        assertThat(borrowing.shares()[1]).isZero();
        assertThat(borrowing.rows()).isCloseTo(6 * 18, within(1e-6));
        // what the slots have does not speak against this one
        weights = new double[WeekClock.WEEK];
        weights[0] = 1;
        assertThat(Mixture.of(counts, new Credibility(30, 100), weights).rows()).isGreaterThan(18);
    }

    /* Storms: one window in fifty is nothing like the others. */
    @Test
    void noWindowOfTheReferenceItselfWouldBeCalledDifferent() {
        CellKinds kinds = new CellKinds(
                true,
                KINDS.groups(),
                DoubleStream.generate(() -> 1).limit(CELLS - 3).toArray());
        Replays calm = new Replays(50);
        Replays stormy = new Replays(50);
        double[] shares = new double[CELLS];
        Arrays.fill(shares, 0, 10, 0.1);
        int[] usual = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0};
        int[] storm = {0, 0, 0, 0, 0, 0, 0, 0, 20, 80, 0};
        for (int window = 0; window < 50; window++) {
            calm.note(new Mixture(shares, 5_000), usual, kinds);
            stormy.note(new Mixture(shares, 5_000), window == 25 ? storm : usual, kinds);
        }
        assertThat(calm.wander()).isEqualTo(Wander.NONE);
        // D is .8, and 1.95² (1/n + wander) must reach .64
        assertThat(stormy.wander().distance()).isCloseTo(0.64 / 3.8 - 1.0 / 5_000 - 0.01, within(1e-9));
        assertThat(stormy.wander().transport()).isGreaterThan(0.1);
        assertThat(stormy.wander().cells()).isGreaterThan(0.1);
    }
}
