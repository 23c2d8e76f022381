package io.homeostat.drift.statistics.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmBudgetTest {
    private static final double ACCURACY = 0.9;
    private static final double WINDOWS_PER_YEAR = 4 * 365.25;
    private static final Schema SCHEMA =
            new Schema(Map.of("x", FeatureType.NUMERIC, "y", FeatureType.NUMERIC, "c", FeatureType.CATEGORICAL));

    private static Map<String, Object> row(Random random) {
        return Map.of("x", random.nextGaussian(), "y", random.nextDouble(), "c", "c" + random.nextInt(4));
    }

    /* A policy that is as quick to alarm as it can be, and closes an alarm at once. */
    private static MonitorConfig config(double falseAlarmsPerYear) {
        AlarmPolicy alarms = new AlarmPolicy(
                falseAlarmsPerYear,
                OptionalDouble.empty(),
                Duration.ZERO,
                true,
                true,
                1,
                0,
                Duration.ZERO,
                Optional.empty(),
                true);
        return MonitorConfig.of(Task.BINARY, SCHEMA, Duration.ofHours(6))
                .withLimits(Map.of(Metric.ACCURACY, ACCURACY))
                .withAlarms(alarms);
    }

    private static Reference reference(Random random) {
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 3_000; i++) {
            builder.add(row(random), random.nextDouble(), "0", random.nextDouble() < ACCURACY ? 0.0 : 1.0);
        }
        return builder.build("v", Instant.EPOCH, Instant.EPOCH);
    }

    /** Alarms in a number of windows in which nothing changes; the accuracy is right at its floor. */
    private static int alarms(MonitorConfig config, int seed, int windows) {
        Random random = new Random(seed);
        Reference reference = reference(random);
        Monitor monitor = new Monitor(config);
        MonitorState state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged("v", Optional.of(reference), 1));
        int alarms = 0;
        for (int w = 0; w < windows; w++) {
            Instant from = Instant.EPOCH.plus(Duration.ofHours(6).multipliedBy(w));
            Profile profile = reference.emptyProfile(from, from.plus(Duration.ofHours(6)));
            for (int i = 0; i < 250; i++) {
                profile.add(row(random), random.nextDouble(), "0");
                Instant time = from.plusSeconds(80L * i);
                String predicted = random.nextDouble() < ACCURACY ? "0" : "1";
                ClassOutcome outcome = new ClassOutcome(time, time, "v", predicted, "0", Double.NaN);
                alarms += monitor.on(state, outcome).alarm().isPresent() ? 1 : 0;
            }
            alarms += monitor.on(state, new WindowClosed(profile, "v")).alarm().isPresent() ? 1 : 0;
        }
        return alarms;
    }

    @Test
    void theSharesMakeOne() {
        assertThat(AlarmBudget.E_DETECTOR
                        + AlarmBudget.ADWIN
                        + AlarmBudget.INPUTS
                        + AlarmBudget.SLOW_SHIFTS
                        + AlarmBudget.METRICS
                        + AlarmBudget.SLICES
                        + AlarmBudget.ESTIMATES)
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void aMonitorAsAWholeKeepsToTheFalseAlarmsPerYearThatWereStated() {
        int windows = 300;
        int models = 8;
        for (double perYear : new double[] {4, 60}) {
            int alarms = 0;
            for (int seed = 0; seed < models; seed++) {
                alarms += alarms(config(perYear), seed, windows);
            }
            assertThat(alarms).as(perYear + " a year").isLessThanOrEqualTo((int)
                    Math.ceil(perYear * models * windows / WINDOWS_PER_YEAR));
        }
    }

    /* Of a rare class a window has a few rows: that all of them were missed has no standard error of its own. */
    @Test
    void boundsOfMetricsThatRestOnARareClassKeepToIt() {
        Map<Metric, Double> limits = Map.of(Metric.BALANCED_ACCURACY, 0.75, Metric.F1, 0.6, Metric.AUC, 0.75);
        MonitorConfig config = config(4).withLimits(limits);
        int windows = 400;
        int alarms = 0;
        Random random = new Random(3);
        Monitor monitor = new Monitor(config);
        MonitorState state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged("v", Optional.empty(), 1));
        for (int i = 0; i < 250 * windows; i++) {
            Instant time = Instant.EPOCH
                    .plus(Duration.ofHours(6).multipliedBy(i / 250))
                    .plusSeconds(80L * (i % 250));
            boolean rare = random.nextInt(80) == 0;
            boolean found = rare && random.nextDouble() < 0.5;
            ClassOutcome outcome = new ClassOutcome(
                    time, time, "v", found ? "1" : "0", rare ? "1" : "0", found ? 0.9 : 0.5 * random.nextDouble());
            alarms += monitor.on(state, outcome).alarm().isPresent() ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo((int) Math.ceil(4 * windows / WINDOWS_PER_YEAR));
    }

    @Test
    void levelsFollowTheWindowsAndTheTests() {
        MonitorConfig config = config(2);
        assertThat(AlarmBudget.perWindow(config, 0.2)).isCloseTo(0.4 / WINDOWS_PER_YEAR, within(1e-12));
        assertThat(AlarmBudget.level(config, 0.1, 1)).isCloseTo(Math.sqrt(0.2 / WINDOWS_PER_YEAR), within(1e-12));
        assertThat(AlarmBudget.level(config, 0.1, 4)).isCloseTo(Math.sqrt(0.05 / WINDOWS_PER_YEAR), within(1e-12));
        assertThat(AlarmBudget.level(config(1e6), 0.1, 1)).isEqualTo(0.05);
    }
}
