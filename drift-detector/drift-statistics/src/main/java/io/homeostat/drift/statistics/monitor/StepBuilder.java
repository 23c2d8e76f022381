package io.homeostat.drift.statistics.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what follows from one input. */
final class StepBuilder {
    final List<Signal> signals = new ArrayList<>();
    final List<PerformancePoint> performance = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Evidence> findings = new ArrayList<>();

    @Nullable
    AlarmOpened alarm;

    @Nullable
    RetuneAsked retune;

    MonitorStep build() {
        return new MonitorStep(signals, performance, Optional.ofNullable(alarm), Optional.ofNullable(retune), notes);
    }
}
