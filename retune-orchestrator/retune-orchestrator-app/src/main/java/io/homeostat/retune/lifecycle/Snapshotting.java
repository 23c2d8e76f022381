package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker reads and describes the labelled rows.
 *
 * @param before the snapshot of an earlier re-tune, if there is one
 * @param task the work given away
 */
public record Snapshotting(Order order, @Nullable Snapshot before, Assignment task) implements Retune.Running {
    /**
     * The beginning of a re-tune.
     *
     * @param before the snapshot of an earlier re-tune, if there is one
     */
    static Moved begin(Order order, @Nullable Snapshot before, Instant at) {
        Snapshot since = order.isRefit() ? null : before; // a refit searches nothing by how the data moved
        Snapshotting first = new Snapshotting(order, since, Assignment.of(order.retuneId() + ".snapshot"));
        return new Moved(
                first,
                List.of(
                        Output.of(Statuses.of(order, Phase.SNAPSHOT, at, order.summary(), null, null, null)),
                        Output.of(first.work())));
    }

    Moved started(WorkerReport.Started report) {
        return task.accepts(report) ? Moved.stays(heard(report)) : Moved.stays(this);
    }

    Moved taken(WorkerReport.SnapshotTaken report, Moment moment) {
        return task.accepts(report) ? Beginning.of(order, report.snapshot(), moment) : Moved.stays(this);
    }

    Moved failed(WorkerReport.Failed report, Moment moment) {
        if (!task.accepts(report)) {
            return Moved.stays(this);
        }
        return Assignment.comesAgain(report)
                ? Moved.stays(heard(report))
                : Ended.failed(order, moment.at(), "the snapshot failed: " + report.reason());
    }

    Moved tick(Instant now, Duration timeout) {
        Assignment.Overdue overdue = task.tick(now, timeout);
        Snapshotting next = new Snapshotting(order, before, overdue.next());
        return switch (overdue.action()) {
            case WAIT -> Moved.stays(next);
            case SEND_AGAIN -> new Moved(next, sentAgain(order, next.work(), now, timeout, overdue.next()));
            case GIVE_UP ->
                Ended.failed(order, now, "no worker took the snapshot; it was sent " + task.sendings() + " times");
        };
    }

    static List<Output> sentAgain(Order order, WorkerTask work, Instant now, Duration timeout, Assignment assignment) {
        List<Output> said = new ArrayList<>();
        said.add(Output.ledger(
                order,
                now,
                "send again",
                "nothing was heard of " + work.taskId() + " for " + timeout,
                Map.of("sendings", assignment.sendings())));
        said.add(Output.of(work));
        return said;
    }

    private Snapshotting heard(WorkerReport report) {
        return new Snapshotting(order, before, task.heard(report));
    }

    private WorkerTask work() {
        return new WorkerTask.TakeSnapshot(
                task.taskId(),
                order.retuneId(),
                order.spec(),
                order.dataUntil(),
                order.changeSince(),
                order.changedAt(),
                order.isRefit(),
                before);
    }
}
