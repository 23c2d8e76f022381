package io.homeostat.drift.statistics.monitor;

import java.util.List;
import java.util.Optional;

/**
 * What follows from an input.
 *
 * @param signals what tests and detectors found
 * @param performance the metrics of a window of labels that was completed
 * @param alarm the alarm opened by this input
 * @param retune the re-tune asked for
 * @param notes why something was not looked at, or an alarm was held back
 */
public record MonitorStep(
        List<Signal> signals,
        List<PerformancePoint> performance,
        Optional<AlarmOpened> alarm,
        Optional<RetuneAsked> retune,
        List<String> notes) {
    /** Nothing follows; shared, as most outcomes end so. */
    public static final MonitorStep NOTHING =
            new MonitorStep(List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the lists. */
    public MonitorStep {
        signals = List.copyOf(signals);
        performance = List.copyOf(performance);
        notes = List.copyOf(notes);
    }
}
