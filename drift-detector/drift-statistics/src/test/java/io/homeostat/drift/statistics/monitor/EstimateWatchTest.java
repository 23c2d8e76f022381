package io.homeostat.drift.statistics.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateWatchTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));

    private Monitor monitor;
    private MonitorState state;
    private Instant now = Instant.EPOCH;

    private void watch(boolean alarms) {
        MonitorConfig config = MonitorConfig.of(Task.BINARY, SCHEMA, WINDOW)
                .withLimits(Map.of(Metric.ACCURACY, .8))
                .withAlarms(AlarmPolicy.DEFAULT.withEstimateAlarms(alarms));
        monitor = new Monitor(config);
        state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged("v1", Optional.empty(), 1));
    }

    /** A window expected to have an accuracy, where the reference had .9 and chance explains .05. */
    private MonitorStep window(double accuracy, long rows) {
        EstimatedMetric estimate = new EstimatedMetric(Metric.ACCURACY, accuracy, .02, rows, .85, .95);
        Profile profile = Profile.withoutBins(SCHEMA, now, now.plus(WINDOW));
        now = now.plus(WINDOW);
        return monitor.on(state, new WindowClosed(profile, "v1", List.of(estimate)));
    }

    @Test
    void whatChanceDoesNotExplainIsASignalAndNoAlarmUnlessThatWasAskedFor() {
        // given
        watch(false);
        // then
        assertThat(window(.86, 500).signals())
                .singleElement()
                .satisfies(s -> assertThat(s.drifted()).isFalse());
        for (int i = 0; i < 5; i++) {
            MonitorStep step = window(.5, 500);
            assertThat(step.alarm()).isEmpty();
            assertThat(step.signals()).singleElement().satisfies(s -> {
                assertThat(s.feature()).isEqualTo("model.estimate");
                assertThat(s.test()).isEqualTo("accuracy");
                assertThat(s.threshold()).isEqualTo(.85);
                assertThat(s.drifted()).isTrue();
            });
        }
    }

    @Test
    void beyondALimitInTwoWindowsInARowIsAMinorAlarm() {
        // given
        watch(true);
        // when
        assertThat(window(.7, 500).alarm()).isEmpty();
        assertThat(window(.775, 500).alarm()).isEmpty(); // within 1.645 standard errors of the limit
        assertThat(window(.7, 500).alarm()).isEmpty();
        assertThat(window(.7, 100).alarm()).isEmpty(); // too few rows to say anything
        AlarmOpened alarm = window(.7, 500).alarm().orElseThrow();
        // then
        assertThat(alarm.evidence().kind()).isEqualTo(AlarmKind.ESTIMATED_PERFORMANCE);
        assertThat(alarm.evidence().severity()).isEqualTo(Severity.MINOR);
        assertThat(alarm.evidence().summary()).startsWith("accuracy is expected to be 0.700, below the floor 0.800");
        assertThat(alarm.evidence().changeSince()).isEqualTo(Instant.EPOCH.plus(WINDOW.multipliedBy(2)));
    }
}
