package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the drift detector watches.
 *
 * @param window length of a profile window in event time; default 10 m, 100 ms to 7 d
 * @param metrics bounds on performance per window, by metric; default none
 * @param slices features whose values get their own performance series; default none
 * @param alarm when to raise an alarm
 * @param reference what to learn a version's reference from, where none comes with it
 * @param joint whether rows as a whole are compared, too, not only each feature for itself; default false: it needs a sample
 *     of the rows in every window, and references that are made while it is on
 */
public record WatchSpec(
        Period window,
        Map<String, Bound> metrics,
        List<SliceSpec> slices,
        Alarm alarm,
        Reference reference,
        Boolean joint) {
    /** The most series of a model's slices together: each takes up to 17 kB. */
    static final int MOST_SERIES = 200;

    public WatchSpec(
            @Nullable Period window,
            @Nullable Map<String, Bound> metrics,
            @Nullable List<SliceSpec> slices,
            @Nullable Alarm alarm,
            @Nullable Reference reference,
            @Nullable Boolean joint) {
        this.window = window == null ? new Period(Duration.ofMinutes(10)) : window;
        this.metrics = metrics == null ? Map.of() : Check.filled("metrics", metrics);
        this.slices = slices == null ? List.of() : Check.filled("slices", slices);
        this.alarm = alarm == null ? new Alarm(null, null, null, null, null) : alarm;
        this.reference = reference == null ? new Reference(null, null, null) : reference;
        this.joint = joint != null && joint;
        long millis = this.window.value().toMillis();
        Check.that(
                millis >= 100 && millis <= Duration.ofDays(7).toMillis(),
                "window",
                this.window + " is outside 100ms to 7d");
    }

    /** Without slices; a reference is learned as by default. */
    public WatchSpec(@Nullable Period window, @Nullable Map<String, Bound> metrics, @Nullable Alarm alarm) {
        this(window, metrics, null, alarm, null, null);
    }

    static WatchSpec defaults() {
        return new WatchSpec(null, null, null, null, null, null);
    }

    void checkMetrics(TaskKind task) {
        metrics.forEach((m, bound) -> {
            String path = "watch.metrics." + m;
            Metrics.checkWatched(path, m, task);
            bound.check(path, m);
            Check.that(
                    bound.perSlice() == null || !slices.isEmpty(),
                    path + ".perSlice",
                    "there are no slices; name features in watch.slices");
        });
    }

    void checkSlices(Map<String, FeatureKind> features) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < slices.size(); i++) {
            String path = "watch.slices[" + i + "]";
            slices.get(i).check(path, features);
            Check.that(
                    seen.add(slices.get(i).column()),
                    path,
                    "'" + slices.get(i).column() + "' is named twice; leave one out");
        }
        int series = slices.stream().mapToInt(SliceSpec::series).sum();
        Check.that(
                series <= MOST_SERIES,
                "watch.slices",
                slices.size() + " columns make up to " + series + " series, above " + MOST_SERIES
                        + "; name fewer columns, or fewer values of each");
    }

    /**
     * The bound of a metric.
     *
     * @param atLeast the least allowed of a metric of which more is better, or absent
     * @param atMost the most allowed of any other, or absent
     * @param perSlice what every slice is held to: the least of a metric of which more is better, the most of any other;
     *     absent: slices are told, not judged
     */
    public record Bound(
            @Nullable Double atLeast,
            @Nullable Double atMost,
            @Nullable Double perSlice) {
        public Bound {
            if (perSlice != null) {
                Check.finite("perSlice", perSlice);
            }
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

        /** A bound on the better side would never be passed. */
        private void check(String path, String metric) {
            boolean high = Metrics.higherIsBetter(metric);
            Check.that(
                    !high || atMost == null,
                    path + ".atMost",
                    "more of " + metric + " is better, so nothing would ever be below it; write atLeast");
            Check.that(
                    high || atLeast == null,
                    path + ".atLeast",
                    "less of " + metric + " is better, so nothing would ever be above it; write atMost");
            if (Metrics.isShare(metric)) {
                share(path + (high ? ".atLeast" : ".atMost"), high ? atLeast : atMost);
                share(path + ".perSlice", perSlice);
            }
        }

        private static void share(String path, @Nullable Double bound) {
            Check.that(
                    bound == null || (bound >= 0 && bound <= 1),
                    path,
                    bound + " is outside 0 to 1; 85 percent are 0.85");
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
     * @param onEstimates whether a metric that is expected, without labels, to be beyond its bound raises one; default false
     */
    public record Alarm(
            Double falseAlarmsPerYear,
            Period cooldown,
            Integer persistence,
            Integer settleRows,
            Period settleAtMost,
            Boolean onEstimates) {
        /** Without alarms on estimates. */
        public Alarm(
                @Nullable Double falseAlarmsPerYear,
                @Nullable Period cooldown,
                @Nullable Integer persistence,
                @Nullable Integer settleRows,
                @Nullable Period settleAtMost) {
            this(falseAlarmsPerYear, cooldown, persistence, settleRows, settleAtMost, null);
        }

        public Alarm(
                @Nullable Double falseAlarmsPerYear,
                @Nullable Period cooldown,
                @Nullable Integer persistence,
                @Nullable Integer settleRows,
                @Nullable Period settleAtMost,
                @Nullable Boolean onEstimates) {
            this.falseAlarmsPerYear = falseAlarmsPerYear == null ? 2 : falseAlarmsPerYear;
            this.cooldown = cooldown == null ? new Period(Duration.ofHours(6)) : cooldown;
            this.persistence = persistence == null ? 2 : persistence;
            this.settleRows = settleRows == null ? 500 : settleRows;
            this.settleAtMost = settleAtMost == null ? new Period(Duration.ofDays(1)) : settleAtMost;
            this.onEstimates = onEstimates != null && onEstimates;
            Check.range("falseAlarmsPerYear", this.falseAlarmsPerYear, 1e-3, 1e6);
            Check.range("persistence", this.persistence, 1, 100);
            Check.range("settleRows", this.settleRows, 0, 1_000_000);
        }
    }

    /**
     * What to learn a version's reference from, where none comes with it: its first rows, until there are enough of them
     * and they span enough time. Hours of the day are told apart from a day on, hours of the week from a week on.
     *
     * @param rows how many at least; default 5,000, 200 to 1,000,000
     * @param time the span of event time at least; default 1 d, at most 60 d
     * @param utcOffset whose hours and days count, like {@code +01:00}; default {@code Z}. A zone with daylight saving is an
     *     hour off for half of the year
     */
    public record Reference(Integer rows, Period time, String utcOffset) {
        public Reference(@Nullable Integer rows, @Nullable Period time, @Nullable String utcOffset) {
            this.rows = rows == null ? 5_000 : rows;
            this.time = time == null ? new Period(Duration.ofDays(1)) : time;
            this.utcOffset = utcOffset == null ? "Z" : utcOffset;
            Check.that(
                    this.rows >= 200 && this.rows <= 1_000_000,
                    "rows",
                    this.rows + " is outside 200 to 1000000; of fewer rows than 200 no test says anything");
            Check.that(
                    this.time.value().compareTo(Duration.ofDays(60)) <= 0,
                    "time",
                    this.time + " is above 60d; two weeks know the hours of the week");
            offset();
        }

        /** The offset from UTC. */
        public ZoneOffset offset() {
            try {
                return ZoneOffset.of(utcOffset);
            } catch (DateTimeException e) {
                throw new InvalidValueException(
                        "utcOffset",
                        "'" + utcOffset + "' is not an offset from UTC; write Z, +01:00 or -05:30, not a zone's name");
            }
        }
    }
}
