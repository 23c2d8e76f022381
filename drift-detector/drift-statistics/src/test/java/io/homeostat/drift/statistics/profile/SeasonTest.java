package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.twosample.KolmogorovSmirnov;
import io.homeostat.drift.statistics.twosample.PopulationStabilityIndex;
import io.homeostat.drift.statistics.twosample.TwoSampleTest;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC, "c", FeatureType.CATEGORICAL));
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int ROWS = 25;
    private static final int LEARNED = 28 * 24;
    private static final TwoSampleTest KS = new KolmogorovSmirnov(0.001, 20);
    private static final TwoSampleTest PSI = new PopulationStabilityIndex(0.001, 20);

    private static Reference reference(Random random, boolean seasonal, IntToDoubleFunction level) {
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        if (seasonal) {
            builder.withSeason(ZoneOffset.UTC, Duration.ofHours(6));
        }
        for (int i = 0; i < LEARNED * ROWS; i++) {
            builder.add(MONDAY.plus(Duration.ofHours(i / ROWS)), row(random, i / ROWS, level), null, null, null);
        }
        return builder.build("1");
    }

    private static Map<String, Object> row(Random random, int hour, IntToDoubleFunction level) {
        double value = random.nextGaussian() + level.applyAsDouble(hour);
        return Map.of("x", value, "c", random.nextDouble() < 0.5 + 0.4 * Math.signum(hour % 24 - 11.5) ? "a" : "b");
    }

    private static Profile window(Reference reference, Random random, int hour, IntToDoubleFunction level) {
        Instant from = MONDAY.plus(Duration.ofHours(hour));
        Profile window = reference.emptyProfile(from, from.plus(Duration.ofHours(6)));
        for (int i = 0; i < 6 * ROWS; i++) {
            window.add(row(random, hour + i / ROWS, level), null, null);
        }
        return window;
    }

    private static FeatureProfile x(Profile profile) {
        return Objects.requireNonNull(profile.features().get("x"));
    }

    /* The share of the four weeks after the reference in which a test sees a difference. */
    private static double flagged(TwoSampleTest test, Reference reference, Random random, IntToDoubleFunction level) {
        int flagged = 0;
        for (int hour = LEARNED; hour < 2 * LEARNED; hour += 6) {
            Profile window = window(reference, random, hour, level);
            Verdict verdict =
                    test.test("x", x(reference.profileFor(window)), x(window)).verdict();
            flagged += verdict == Verdict.DIFFERENT ? 1 : 0;
        }
        return flagged / (LEARNED / 6.0);
    }

    private static double season(int hour) {
        return Math.sin(2 * Math.PI * hour / 24) + (hour / 24 % 7 >= 5 ? 0.8 : 0);
    }

    @Test
    void aReferenceThatIsTooLargeWithItsSeasonGoesWithout() {
        // given
        Reference reference = reference(new Random(1), true, SeasonTest::season);
        int bytes = reference.toBytes().length;
        // then
        assertThat(reference.within(bytes)).isSameAs(reference);
        Reference plain = reference.within(bytes - 1);
        assertThat(plain.season()).isEmpty();
        assertThat(plain.profile()).isSameAs(reference.profile());
        assertThat(plain.toBytes().length).isLessThan(bytes);
    }

    @Test
    void aSeasonIsNoDriftAndAShiftOnTopOfItIs() {
        double blind = 0;
        double silent = 0;
        double found = 0;
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Reference global = reference(random, false, SeasonTest::season);
            Reference seasonal = reference(random, true, SeasonTest::season);
            blind += flagged(KS, global, random, SeasonTest::season) / 5;
            silent += (flagged(KS, seasonal, random, SeasonTest::season)
                            + flagged(PSI, seasonal, random, SeasonTest::season))
                    / 10;
            found += flagged(KS, seasonal, random, hour -> season(hour) + 0.6) / 5;
        }
        assertThat(blind).isGreaterThan(0.7);
        assertThat(silent).isLessThan(0.01);
        assertThat(found).isGreaterThan(0.8);
    }

    @Test
    void levelsThatWanderFromDayToDayAlarmAtTheNominalRateOnly() {
        double blind = 0;
        double silent = 0;
        for (int seed = 0; seed < 10; seed++) {
            // given levels of days that remember half of yesterday's
            Random random = new Random(seed);
            double[] days = new double[56];
            for (int day = 0; day < days.length; day++) {
                days[day] = (day == 0 ? 0 : 0.5 * days[day - 1]) + 0.3 * random.nextGaussian();
            }
            IntToDoubleFunction level = hour -> days[hour / 24];
            // when
            blind += flagged(KS, reference(random, false, level), random, level) / 10;
            Reference calibrated = reference(random, true, level);
            silent += (flagged(KS, calibrated, random, level) + flagged(PSI, calibrated, random, level)) / 20;
        }
        // then
        assertThat(blind).isGreaterThan(0.15);
        assertThat(silent).isLessThan(0.01);
    }

    @Test
    void independentRowsLoseLittlePower() {
        double found = 0;
        double blind = 0;
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            found += flagged(KS, reference(random, true, hour -> 0), random, hour -> 0.5) / 5;
            blind += flagged(KS, reference(random, false, hour -> 0), random, hour -> 0.5) / 5;
        }
        assertThat(found).isGreaterThan(0.75 * blind);
    }

    @Test
    void whatIsExpectedFollowsTheHours() {
        // given
        Random random = new Random(1);
        Reference reference = reference(random, true, SeasonTest::season);
        Profile morning = window(reference, random, LEARNED + 3, SeasonTest::season);
        // when
        Profile expected = reference.profileFor(morning);
        // then
        NumericProfile x = (NumericProfile) x(expected);
        assertThat(x.mean()).isCloseTo(0.9, within(0.15));
        assertThat(x.variance()).isCloseTo(1, within(0.25));
        assertThat(x.sketch().quantile(0.5)).isCloseTo(x.mean(), within(0.15));
        assertThat(x.sketch().n()).isEqualTo(x.values());
        assertThat(x.edges()).isEqualTo(((NumericProfile) x(reference.profile())).edges());
        CategoricalProfile c =
                (CategoricalProfile) Objects.requireNonNull(expected.features().get("c"));
        assertThat(c.counts().get("a")).isLessThan(c.rows() / 5);
        assertThat(Reference.fromBytes(reference.toBytes()).toBytes()).isEqualTo(reference.toBytes());
        assertThat(Reference.fromBytes(reference.toBytes()).profileFor(morning).toBytes())
                .isEqualTo(expected.toBytes());
    }

    @Test
    void withoutASeasonTheReferenceItselfIsExpected() {
        Reference reference = reference(new Random(1), false, hour -> 0);
        assertThat(reference.season()).isEmpty();
        assertThat(reference.profileFor(reference.emptyProfile(MONDAY))).isSameAs(reference.profile());
    }
}
