package io.homeostat.standalone.replay;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import io.homeostat.backbone.spec.SourceSpec;
import io.homeostat.backbone.spec.WatchSpec;
import io.homeostat.standalone.dataset.Columns;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The spec of a replay where a person gives none. A row is a minute of event time, so that lengths of time are numbers
 * of rows.
 *
 * <p>Recorded streams are made to drift, so a champion that is kept for want of proof costs more than a candidate that is no
 * better: the champion is refitted every 250 rows, and of a candidate that passed the hold-out and the champion
 * the one that leads after 100 rows serves; the watch of 500 rows after that can take it back.
 */
final class ReplaySpec {
    /** Event time between two rows. */
    static final Duration ROW = Duration.ofMinutes(1);

    static final String MODEL = "replay";

    /** A stream that drifts is best learned from its newest rows; how many of them is searched. */
    private static final int SNAPSHOT_ROWS = 4_000;

    private static final int REFIT_EVERY_ROWS = 250;

    private ReplaySpec() {}

    static ModelSpec of(Columns columns, int labelLagRows, long seed) {
        WatchSpec watch = new WatchSpec(
                rows(250),
                Map.of(),
                // about one false alarm in 50,000 rows
                new WatchSpec.Alarm(10.0, rows(500), 2, 300, rows(3000)));
        RetuneSpec retune = new RetuneSpec(
                null,
                null,
                null,
                new RetuneSpec.Budget(20, new Period(Duration.ofHours(12)), 1, null, null),
                "auto",
                "auto",
                "median",
                SNAPSHOT_ROWS,
                seed,
                rows(REFIT_EVERY_ROWS));
        RolloutSpec rollout = new RolloutSpec(
                List.of(
                        new RolloutSpec.Step(rows(50 + labelLagRows), null, null, null),
                        new RolloutSpec.Step(null, new Share(.25), null, rows(25))),
                null,
                new RolloutSpec.Decide(
                        null, new Share(.01), new Share(.05), rows(100 + labelLagRows), RolloutSpec.OnDeadline.LEADER),
                rows(500),
                10);
        return new ModelSpec(
                MODEL,
                columns.task(),
                columns.positive(),
                new SourceSpec(null, null, null, rows(Math.max(1000, 2 * labelLagRows + 10))),
                columns.features(),
                watch,
                retune,
                rollout);
    }

    private static Period rows(int rows) {
        return new Period(ROW.multipliedBy(rows));
    }
}
