package io.homeostat.worker.queue;

import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.model.artifact.ArtifactException;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.worker.confirm.Confirmation;
import io.homeostat.worker.snapshot.SnapshotTaker;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.TaskCancelled;
import io.homeostat.worker.task.TaskFailure;
import io.homeostat.worker.trial.TrialRun;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Runs any task to a report: its result, or why it failed. Only a task that is taken away ends without one. */
@Singleton
public class TaskRunner {
    private static final Logger LOG = Logger.getLogger(TaskRunner.class);

    private final SnapshotTaker snapshots;
    private final TrialRun trials;
    private final Confirmation confirmation;

    public TaskRunner(SnapshotTaker snapshots, TrialRun trials, Confirmation confirmation) {
        this.snapshots = snapshots;
        this.trials = trials;
        this.confirmation = confirmation;
    }

    /** Runs the task. Errors: {@link TaskCancelled}. */
    public void run(Attempt attempt) {
        WorkerTask task = attempt.task();
        try {
            if (attempt.control().stopped()) {
                attempt.reports().send(stoppedBeforeItBegan(attempt));
                return;
            }
            attempt.reports().send(started(attempt));
            if (task instanceof WorkerTask.TakeSnapshot take) {
                snapshots.run(take, attempt);
            } else if (task instanceof WorkerTask.RunTrial trial) {
                trials.run(trial, attempt);
            } else if (task instanceof WorkerTask.ConfirmBest confirm) {
                confirmation.run(confirm, attempt);
            }
        } catch (TaskCancelled cancelled) {
            throw cancelled;
        } catch (TaskFailure failure) {
            fail(attempt, String.valueOf(failure.getMessage()), failure.retry());
        } catch (ModelException | InvalidValueException bad) {
            fail(attempt, String.valueOf(bad.getMessage()), false);
        } catch (ArtifactException unavailable) {
            fail(attempt, String.valueOf(unavailable.getMessage()), true);
        } catch (OutOfMemoryError tooMuch) {
            fail(attempt, "the worker ran out of memory; lower retune.snapshotRows or give it a larger heap", false);
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Task %s failed", task.taskId());
            fail(attempt, "unexpected: " + unexpected, true);
        }
    }

    private static void fail(Attempt attempt, String reason, boolean retry) {
        attempt.control().checkIn();
        LOG.warnf("Task %s of %s failed: %s", attempt.task().taskId(), attempt.model(), reason);
        // after the last attempt the reason stands: whoever took the task next could only say that it had failed before
        attempt.reports().send(failed(attempt, reason, retry && attempt.number() < Worker.MOST_DELIVERIES));
    }

    /** The report that a task failed. */
    public static WorkerReport failed(Attempt a, String reason, boolean retry) {
        return new WorkerReport.Failed(
                a.task().taskId(),
                a.task().retuneId(),
                a.model(),
                a.number(),
                a.workerId(),
                a.now().get(),
                reason,
                retry);
    }

    private static WorkerReport started(Attempt a) {
        return new WorkerReport.Started(
                a.task().taskId(),
                a.task().retuneId(),
                a.model(),
                a.number(),
                a.workerId(),
                a.now().get());
    }

    private static WorkerReport stoppedBeforeItBegan(Attempt a) {
        return a.task() instanceof WorkerTask.RunTrial trial
                ? TrialRun.done(trial, a, Double.NaN, 0, true, 0)
                : failed(a, "stopped by a decision before it began", false);
    }
}
