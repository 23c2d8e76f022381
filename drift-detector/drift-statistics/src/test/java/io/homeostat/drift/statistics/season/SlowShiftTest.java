package io.homeostat.drift.statistics.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.season.RankLevel.Block;
import io.homeostat.drift.statistics.season.SlowShift.Shift;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlowShiftTest {
    private static final long WEEK = 7 * 86_400_000L;
    private static final double YEAR = 365.2425 * 86_400_000;
    private static final double NOISE = 0.06;

    /* Levels of weeks: an annual wave, and a rest that remembers. */
    private static double[] weeks(Random random, int many, double wave, double memory) {
        double[] levels = new double[many];
        double rest = 0;
        for (int i = 0; i < many; i++) {
            rest = memory * rest + NOISE * Math.sqrt(1 - memory * memory) * random.nextGaussian();
            levels[i] = wave * Math.cos(2 * Math.PI * (i + 0.5) * WEEK / YEAR) + rest;
        }
        return levels;
    }

    private static RankLevel learned(double[] levels, int many) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            blocks.add(new Block(i * WEEK + WEEK / 2, levels[i], 1_000));
        }
        return RankLevel.of(blocks, WEEK);
    }

    private static Optional<Shift> note(SlowShift detector, int week, double level, double threshold) {
        Instant from = Instant.ofEpochMilli(week * WEEK);
        return detector.note(from, from.plusMillis(WEEK), level, 1_000, threshold);
    }

    @Test
    void theYearAndTheMemoryAreLearned() {
        double memory = 0;
        double deviation = 0;
        for (int seed = 0; seed < 40; seed++) {
            RankLevel level = learned(weeks(new Random(seed), 104, 0.2, 0.4), 104);
            assertThat(level.cosine()).isCloseTo(0.2, within(0.05));
            assertThat(level.sine()).isCloseTo(0, within(0.05));
            memory += level.memory() / 40;
            deviation += level.deviation() / 40;
        }
        assertThat(memory).isBetween(0.4, 0.56); // and a standard error
        assertThat(deviation).isBetween(NOISE * Math.sqrt(0.84), 1.15 * NOISE * Math.sqrt(0.84));
    }

    @Test
    void aReferenceBelowAYearHasNoWaveAndOneOfFewBlocksSaysNothing() {
        double[] levels = weeks(new Random(1), 40, 0.2, 0);
        assertThat(learned(levels, 40).cosine()).isZero();
        assertThat(learned(levels, 11).isKnown()).isFalse();
        assertThat(RankLevel.of(List.of(), WEEK).isKnown()).isFalse();
    }

    /* References of a year, streams of four: blocks per false alarm are at least A. */
    @Test
    void keepsItsBudgetOfFalseAlarms() {
        for (double memory : new double[] {0, 0.5}) {
            int alarms = 0;
            for (int seed = 0; seed < 400; seed++) {
                double[] levels = weeks(new Random(seed), 260, 0.2, memory);
                SlowShift detector = new SlowShift(learned(levels, 52));
                for (int week = 52; week < 260; week++) {
                    alarms += note(detector, week, levels[week], 500).isPresent() ? 1 : 0;
                }
            }
            assertThat(alarms / (400 * 208.0)).as("memory " + memory).isLessThanOrEqualTo(1 / 500.0);
        }
    }

    @Test
    void findsASmallShiftEitherWayAndSaysHowLargeAndSinceWhen() {
        double delays = 0;
        double sizes = 0;
        for (int seed = 0; seed < 100; seed++) {
            int sign = seed % 2 == 0 ? 1 : -1;
            double[] levels = weeks(new Random(seed), 260, 0.2, 0.2);
            SlowShift detector = new SlowShift(learned(levels, 104));
            for (int week = 104; week < 260; week++) {
                double shift = week < 130 ? 0 : sign * 0.3 * RankLevel.RANK_PER_SIGMA;
                Optional<Shift> found = note(detector, week, levels[week] + shift, 1_000);
                if (found.isPresent() && week >= 130) {
                    delays += (week - 129) / 100.0;
                    sizes += sign * found.get().sigmas() / 100;
                    assertThat(found.get().since()).isBefore(Instant.ofEpochMilli((week + 1) * WEEK));
                    break;
                }
                assertThat(week).isLessThan(259);
            }
        }
        assertThat(delays).isBetween(5.0, 22.0);
        assertThat(sizes).isBetween(0.25, 0.55);
    }

    @Test
    void addsUpTheWindowsOfABlockAndLooksAtNoneOfAnEarlierOne() {
        RankLevel level = learned(weeks(new Random(2), 52, 0, 0), 52);
        SlowShift whole = new SlowShift(level);
        SlowShift parts = new SlowShift(level);
        for (int week = 60; week < 70; week++) {
            note(whole, week, 0.03, 1e9);
            Instant from = Instant.ofEpochMilli(week * WEEK);
            parts.note(from, from.plusMillis(WEEK / 2), 0.02, 500, 1e9);
            parts.note(from.minusMillis(WEEK), from, 9, 500, 1e9);
            parts.note(from.plusMillis(WEEK / 2), from.plusMillis(WEEK), 0.04, 500, 1e9);
            parts.note(from.plusMillis(WEEK / 2), from.plusMillis(WEEK), 0.04, 0, 1e9);
        }
        assertThat(parts.statistic()).isCloseTo(whole.statistic(), within(1e-9));
        assertThat(whole.statistic()).isGreaterThan(1);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        double[] levels = weeks(new Random(4), 160, 0.2, 0.3);
        RankLevel level = learned(levels, 104);
        SlowShift detector = new SlowShift(level);
        for (int week = 104; week < 160; week++) {
            SlowShift restored = SlowShift.read(new StateReader("shift", bytes(detector), 0, 0), level);
            double shifted = levels[week] + 0.1;
            assertThat(note(restored, week, shifted, 100)).isEqualTo(note(detector, week, shifted, 100));
            assertThat(bytes(restored)).isEqualTo(bytes(detector));
        }
        StateWriter out = new StateWriter(0, 0);
        level.write(out);
        assertThat(RankLevel.read(new StateReader("level", out.toBytes(), 0, 0)))
                .isEqualTo(level);
    }

    private static byte[] bytes(SlowShift detector) {
        StateWriter out = new StateWriter(0, 0);
        detector.write(out);
        return out.toBytes();
    }

    @Test
    void theLevelIsTheMeanRank() {
        double[] reference = {0, 10, 10, 0};
        assertThat(RankLevel.level(reference, reference)).isEqualTo(0.5);
        assertThat(RankLevel.level(new double[] {5, 0, 0, 0}, reference)).isZero();
        assertThat(RankLevel.level(new double[] {0, 0, 4, 0}, reference)).isEqualTo(0.75);
        assertThat(RankLevel.level(new double[] {0, 0, 0, 4}, reference)).isEqualTo(1);
        assertThat(RankLevel.level(new double[4], reference)).isEqualTo(0.5);
    }
}
