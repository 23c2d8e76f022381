package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Evidence as bytes. */
final class EvidenceBytes {
    private static final int TAG = 31;
    private static final int VERSION = 1;

    private EvidenceBytes() {}

    static byte[] write(Evidence e) {
        StateWriter out = new StateWriter(TAG, VERSION)
                .text(e.kind().name())
                .text(e.severity().name());
        out.text(e.modelVersion()).instant(e.changeSince()).count(e.rowsSinceChange());
        out.instant(e.detectedAt()).text(e.summary()).count(e.signals().size());
        for (Signal s : e.signals()) {
            out.instant(s.from()).instant(s.to()).text(s.feature()).text(s.test());
            out.real(s.statistic())
                    .real(s.effect())
                    .real(s.pValue())
                    .real(s.adjustedPValue())
                    .real(s.threshold());
            out.count(s.n())
                    .count(s.m())
                    .text(s.verdict().name())
                    .flag(s.drifted())
                    .text(s.reason());
        }
        return out.toBytes();
    }

    static Evidence read(byte[] bytes) {
        StateReader in = new StateReader("evidence", bytes, TAG, VERSION);
        AlarmKind kind = AlarmKind.valueOf(in.text());
        Severity severity = Severity.valueOf(in.text());
        String version = in.text();
        var since = in.instant();
        long rows = in.count();
        var detectedAt = in.instant();
        String summary = in.text();
        List<Signal> signals = new ArrayList<>();
        int size = in.sizeIn(0, Evidence.MOST_SIGNALS);
        for (int i = 0; i < size; i++) {
            signals.add(signal(in));
        }
        in.end();
        return new Evidence(kind, severity, version, signals, since, rows, detectedAt, summary);
    }

    private static Signal signal(StateReader in) {
        return new Signal(
                in.instant(),
                in.instant(),
                in.text(),
                in.text(),
                in.real(),
                in.real(),
                in.real(),
                in.real(),
                in.real(),
                in.count(),
                in.count(),
                Verdict.valueOf(in.text()),
                in.flag(),
                in.text());
    }
}
