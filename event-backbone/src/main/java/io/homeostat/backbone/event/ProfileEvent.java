package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merged window profile, summarised for people and pages. A window is told in up to three kinds of events: its rows with
 * what their outcomes are expected to be; the outcomes that became known in it; and those of each slice.
 *
 * @param model the model
 * @param modelVersion the version that answered
 * @param windowFrom the window's first instant
 * @param windowTo the window's end, exclusive
 * @param rows predictions in it; of an event of outcomes, the outcomes
 * @param labelled outcomes in it
 * @param performance metric values by name
 * @param intervals how well they are known, by name
 * @param slice whose outcomes they are; absent for all together
 * @param estimated metrics expected of the rows, whose labels need not be known; absent where nothing can say
 */
public record ProfileEvent(
        String model,
        String modelVersion,
        Instant windowFrom,
        Instant windowTo,
        long rows,
        long labelled,
        Map<String, Double> performance,
        Map<String, MetricInterval> intervals,
        @Nullable SliceRef slice,
        @Nullable Estimate estimated) {
    public ProfileEvent(
            String model,
            String modelVersion,
            Instant windowFrom,
            Instant windowTo,
            long rows,
            long labelled,
            Map<String, Double> performance,
            @Nullable Map<String, MetricInterval> intervals,
            @Nullable SliceRef slice,
            @Nullable Estimate estimated) {
        this.model = Check.name("model", model);
        this.modelVersion = Check.text("modelVersion", modelVersion);
        this.windowFrom = Check.present("windowFrom", windowFrom);
        this.windowTo = Check.present("windowTo", windowTo);
        Check.that(windowFrom.isBefore(windowTo), "windowTo", windowTo + " is not after windowFrom " + windowFrom);
        this.rows = rows;
        this.labelled = labelled;
        this.performance = Map.copyOf(Check.present("performance", performance));
        this.intervals = intervals == null ? Map.of() : Map.copyOf(intervals);
        this.slice = slice;
        this.estimated = estimated;
    }

    /** A window of which no more is known than its metrics. */
    public ProfileEvent(
            String model,
            String modelVersion,
            Instant windowFrom,
            Instant windowTo,
            long rows,
            long labelled,
            Map<String, Double> performance) {
        this(model, modelVersion, windowFrom, windowTo, rows, labelled, performance, null, null, null);
    }

    /**
     * Performance expected without labels. Blind to a change of the relation between features and label.
     *
     * @param rows rows that it was taken from: those with a score
     * @param performance metric values by name
     * @param intervals how well they are known, by name
     */
    public record Estimate(long rows, Map<String, Double> performance, Map<String, MetricInterval> intervals) {
        public Estimate {
            Check.atLeast("rows", rows, 0);
            performance = Map.copyOf(Check.present("performance", performance));
            intervals = Map.copyOf(Check.present("intervals", intervals));
        }
    }
}
