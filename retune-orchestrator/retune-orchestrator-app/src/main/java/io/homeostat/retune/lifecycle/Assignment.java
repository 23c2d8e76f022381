package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work given away. The queue counts the deliveries of one sending; reports of a delivery older than the newest heard of
 * are void. A task that is sent again is counted anew, so its earlier deliveries are added: attempts only rise.
 *
 * <p>Silence is measured by the orchestrator's own ticks alone: the first tick after a word stamps it. So a worker's clock
 * may be wrong.
 *
 * @param taskId the work
 * @param attempt the newest delivery heard of in this sending; 0 before the first
 * @param earlier deliveries heard of in earlier sendings
 * @param heardAt the first tick since the last word; absent before it
 * @param sendings how often it was sent
 */
record Assignment(
        String taskId, int attempt, int earlier, @Nullable Instant heardAt, int sendings) {
    /** Sendings at most: the first, and 3 more. */
    static final int MOST_SENDINGS = 4;
    /** Deliveries after which a queue drops a record: the broker's default. */
    static final int MOST_DELIVERIES = 5;

    static Assignment of(String taskId) {
        return new Assignment(taskId, 0, 0, null, 1);
    }

    /** Whether a report is about this work and not of a replaced delivery. */
    boolean accepts(WorkerReport report) {
        return report.taskId().equals(taskId) && report.attempt() >= Math.max(1, attempt);
    }

    Assignment heard(WorkerReport report) {
        return new Assignment(taskId, Math.max(attempt, report.attempt()), earlier, null, sendings);
    }

    /** The report's attempt over all sendings. */
    int attemptOf(WorkerReport report) {
        return earlier + report.attempt();
    }

    /** Whether another delivery will come after this failure. */
    static boolean comesAgain(WorkerReport.Failed failed) {
        return failed.retry() && failed.attempt() < MOST_DELIVERIES;
    }

    /** What a tick asks for. */
    Overdue tick(Instant now, Duration timeout) {
        Instant since = heardAt;
        if (since == null) {
            return new Overdue(new Assignment(taskId, attempt, earlier, now, sendings), Overdue.Action.WAIT);
        }
        if (now.isBefore(since.plus(timeout))) {
            return new Overdue(this, Overdue.Action.WAIT);
        }
        return sendings >= MOST_SENDINGS
                ? new Overdue(this, Overdue.Action.GIVE_UP)
                : new Overdue(
                        new Assignment(taskId, 0, earlier + attempt, now, sendings + 1), Overdue.Action.SEND_AGAIN);
    }

    /** What to do about silence, and the work from there on. */
    record Overdue(Assignment next, Action action) {
        enum Action {
            WAIT,
            SEND_AGAIN,
            GIVE_UP
        }
    }
}
