package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the drift detector watches.
 *
 * @param window length of a profile window in event time; default 10 m, 100 ms to 7 d
 * @param metrics bounds on performance per window, by metric; default none
 * @param alarm when to raise an alarm
 */
public record WatchSpec(Period window, Map<String, Bound> metrics, Alarm alarm) {
    public WatchSpec(@Nullable Period window, @Nullable Map<String, Bound> metrics, @Nullable Alarm alarm) {
        this.window = window == null ? new Period(Duration.ofMinutes(10)) : window;
        this.metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        this.alarm = alarm == null ? new Alarm(null, null, null, null, null) : alarm;
        Check.range("window", (double) this.window.value().toMillis(), 100, (double)
                Duration.ofDays(7).toMillis());
    }

    static WatchSpec defaults() {
        return new WatchSpec(null, null, null);
    }

    void checkMetrics(TaskKind task) {
        metrics.keySet().forEach(m -> Metrics.checkWatched("watch.metrics." + m, m, task));
    }

    /**
     * The bound of a metric.
     *
     * @param atLeast the least allowed, or absent
     * @param atMost the most allowed, or absent
     */
    public record Bound(@Nullable Double atLeast, @Nullable Double atMost) {
        public Bound {
            if (atLeast != null) {
                Check.finite("atLeast", atLeast);
            }
            if (atMost != null) {
                Check.finite("atMost", atMost);
            }
            Check.that(
                    atLeast == null || atMost == null || atLeast <= atMost,
                    "",
                    "atLeast " + atLeast + " is above atMost " + atMost + ". Maybe they are swapped.");
        }
    }

    /**
     * When an alarm is raised, and when it asks for a re-tune.
     *
     * @param falseAlarmsPerYear how many false alarms a year are acceptable; default 2
     * @param cooldown event time after an alarm's end in which no other is raised; default 6 h
     * @param persistence windows in a row in which an input must have drifted; default 2
     * @param settleRows labelled rows after the estimated change before the re-tune is asked for, so that there is
     *     something to learn from; default 500
     * @param settleAtMost the longest wait for them; default 1 d
     */
    public record Alarm(
            Double falseAlarmsPerYear, Period cooldown, Integer persistence, Integer settleRows, Period settleAtMost) {
        public Alarm(
                @Nullable Double falseAlarmsPerYear,
                @Nullable Period cooldown,
                @Nullable Integer persistence,
                @Nullable Integer settleRows,
                @Nullable Period settleAtMost) {
            this.falseAlarmsPerYear = falseAlarmsPerYear == null ? 2 : falseAlarmsPerYear;
            this.cooldown = cooldown == null ? new Period(Duration.ofHours(6)) : cooldown;
            this.persistence = persistence == null ? 2 : persistence;
            this.settleRows = settleRows == null ? 500 : settleRows;
            this.settleAtMost = settleAtMost == null ? new Period(Duration.ofDays(1)) : settleAtMost;
            Check.range("falseAlarmsPerYear", this.falseAlarmsPerYear, 1e-3, 1e6);
            Check.range("persistence", this.persistence, 1, 100);
            Check.range("settleRows", this.settleRows, 0, 1_000_000);
        }
    }
}
