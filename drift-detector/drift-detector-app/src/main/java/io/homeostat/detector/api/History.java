package io.homeostat.detector.api;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.RetuneEvent;

/** What was lately found about each model: bounded copies of the detector's topics. */
final class History {
    // of 20 features about 30 windows' signals; of every model at most a few megabytes, of one with slices about ten
    static final int MOST_SIGNALS = 2_000;
    static final int MOST_WINDOWS = 1_000;
    static final int MOST_SLICE_WINDOWS = 2_000;
    static final int MOST_ALARMS = 100;
    static final int MOST_RETUNES = 200;

    final Newest<DriftSignal> signals = new Newest<>(MOST_SIGNALS);
    final NewestWindows windows = new NewestWindows(MOST_WINDOWS);
    final Newest<ProfileEvent> slices = new Newest<>(MOST_SLICE_WINDOWS);
    final Newest<LedgerEntry> alarms = new Newest<>(MOST_ALARMS);
    final Newest<RetuneEvent> retunes = new Newest<>(MOST_RETUNES);

    void signal(String model, DriftSignal signal) {
        signals.add(model, signal);
    }

    void profile(String model, ProfileEvent profile) {
        if (profile.slice() == null) {
            windows.add(model, profile);
        } else {
            slices.add(model, profile);
        }
    }

    /** Keeps the alarms among the ledger's entries. */
    void ledger(String model, LedgerEntry entry) {
        if (entry.process() == LedgerEntry.Process.MONITOR && entry.action().equals("alarm")) {
            alarms.add(model, entry);
        }
    }

    void retune(String model, RetuneEvent event) {
        retunes.add(model, event);
    }
}
