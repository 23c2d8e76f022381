package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** A change as bytes. */
final class Changes {
    private Changes() {}

    static void write(StateWriter out, @Nullable Change change) {
        out.flag(change != null);
        if (change != null) {
            out.count(change.index()).count(change.detectedAt());
            out.real(change.before()).real(change.after()).real(change.statistic());
        }
    }

    static @Nullable Change read(StateReader in) {
        return in.flag() ? new Change(in.count(), in.count(), in.real(), in.real(), in.real()) : null;
    }
}
