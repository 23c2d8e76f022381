package io.homeostat.worker.snapshot;

import io.homeostat.worker.task.TaskFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows, oldest first, are for training, validation and hold-out.
 *
 * <p>Hold-out = validation = 30 % of the rows since the change, at least 100, but at most a fifth of all rows, so that
 * both lie after the change where it is long enough ago, and at least three fifths are left to fit on.
 *
 * <p>Example: 10,000 rows, 2,000 of them since the change: 600 hold-out, 600 validation, 8,800 training.
 *
 * @param training the oldest
 * @param validation what the search is judged on
 * @param holdout the newest
 */
public record Split(int training, int validation, int holdout) {
    /** Below this many rows nothing is to be learned. */
    public static final int FEWEST_ROWS = 200;

    private static final double SHARE_SINCE_CHANGE = .3;
    private static final int FEWEST_JUDGED = 100;

    /**
     * Splits rows of which none is suspected to be of another world: the validation, which the winner learns from in the
     * end, is a fifth of them. Errors: as {@link #of}.
     */
    public static Split steady(List<Row> rows, @Nullable Instant since) {
        int holdout = of(rows, since).holdout();
        int validation = Math.max(holdout, rows.size() / 5);
        return new Split(rows.size() - validation - holdout, validation, holdout);
    }

    /** Splits rows that are ordered by time. Errors: {@link TaskFailure} when they are too few. */
    public static Split of(List<Row> rows, @Nullable Instant changeSince) {
        if (rows.size() < FEWEST_ROWS) {
            throw TaskFailure.forGood("the snapshot has " + rows.size() + " labelled rows, but a re-tune needs "
                    + FEWEST_ROWS + ". Wait for more labels, or send history to the labels' topic.");
        }
        long since = changeSince == null
                ? rows.size()
                : rows.stream().filter(r -> !r.time().isBefore(changeSince)).count();
        long wanted = Math.max(FEWEST_JUDGED, Math.round(SHARE_SINCE_CHANGE * since));
        int judged = (int) Math.min(wanted, rows.size() / 5);
        return new Split(rows.size() - 2 * judged, judged, judged);
    }
}
