package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.retune.search.StudyReport;
import java.util.Optional;

/** What people are shown of a re-tune that runs. */
public final class Views {
    private Views() {}

    /** Where the running re-tune stands; its time is that of the beginning. */
    public static Optional<RetuneStatus> status(ModelState state) {
        if (state.current() instanceof Snapshotting s) {
            return Optional.of(Statuses.of(
                    s.order(), Phase.SNAPSHOT, s.order().at(), s.order().summary(), null, null, null));
        }
        if (state.current() instanceof Searching s) {
            String reason = StudyReport.ended(s.study()) + " of "
                    + s.study().spec().budget().trials() + " trials have ended, "
                    + s.open().size() + " are under way";
            return Optional.of(
                    Statuses.of(s.order(), Phase.SEARCH, s.study().startedAt(), reason, s.snapshot(), s.study(), null));
        }
        if (state.current() instanceof Confirming c) {
            String reason = "the best " + c.work().finalists().size() + " are confirmed on the hold-out";
            Searching searched = c.search();
            return Optional.of(Statuses.of(
                    searched.order(),
                    Phase.CONFIRM,
                    searched.study().endedAt().orElse(searched.order().at()),
                    reason,
                    searched.snapshot(),
                    searched.study(),
                    null));
        }
        return Optional.empty();
    }

    /** The study of the running re-tune. */
    public static Optional<StudyEvent> study(ModelState state) {
        if (state.current() instanceof Searching s) {
            return Optional.of(s.report());
        }
        return state.current() instanceof Confirming c ? Optional.of(c.search().report()) : Optional.empty();
    }
}
