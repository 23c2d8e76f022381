package io.homeostat.standalone.loop;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.Route;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tells a person what the loop decides, as it decides it: one line an event, the evidence in it. */
public final class Narrator implements Consumer<Object> {
    private static final Set<String> TOLD_OTHERWISE = Set.of("prune");

    /** The whole reason stands in the ledger. */
    private static final int MOST_CHARACTERS = 150;

    private final Say say;
    private final Map<String, RetuneStatus.Phase> phases = new HashMap<>();
    private long lastRevision;

    public Narrator(Say say) {
        this.say = say;
    }

    @Override
    public void accept(Object event) {
        if (event instanceof RetuneEvent e) {
            say.line("detector", "asks for a re-tune: " + e.summary());
        } else if (event instanceof RetuneStatus s) {
            retune(s);
        } else if (event instanceof Route r) {
            route(r);
        } else if (event instanceof LedgerEntry l) {
            ledger(l);
        }
    }

    private void ledger(LedgerEntry l) {
        switch (l.process()) {
            case MONITOR -> say.line("detector", l.action() + ": " + l.reason());
            case ROLLOUT -> say.line("deployer", l.action() + ": " + l.reason());
            case MEMORY -> say.line("memory", l.action() + ": " + shortened(l.reason()));
            case RETUNE, STUDY -> {
                if (!TOLD_OTHERWISE.contains(l.action())) {
                    say.line("retune", l.action() + ": " + shortened(l.reason()));
                }
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
    }

    private void retune(RetuneStatus s) {
        RetuneStatus.Phase before = phases.put(s.retuneId(), s.phase());
        if (before == s.phase()) {
            say.progress("           " + s.reason());
            return;
        }
        say.progressDone();
        if (s.phase() == RetuneStatus.Phase.SEARCH && s.snapshot() != null) {
            say.line(
                    "retune",
                    "snapshot of " + Say.count(s.snapshot().rows()) + " labelled rows: "
                            + Say.count(s.snapshot().training()) + " to fit, "
                            + Say.count(s.snapshot().validation()) + " to choose, "
                            + Say.count(s.snapshot().holdout()) + " held out; checksum "
                            + s.snapshot().checksum().substring(0, 12));
        }
    }

    private void route(Route r) {
        if (r.revision() <= lastRevision) {
            return;
        }
        lastRevision = r.revision();
        String challenger = r.challenger() == null
                ? ""
                : ", " + r.challenger().version()
                        + (r.challengerPercent() > 0
                                ? String.format(Locale.ROOT, " answers %.0f %%", r.challengerPercent())
                                : r.shadow() ? " in its shadow" : "");
        say.line("route", "revision " + r.revision() + ": " + r.champion().version() + " serves" + challenger);
    }
}
