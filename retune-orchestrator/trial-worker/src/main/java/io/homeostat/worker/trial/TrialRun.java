package io.homeostat.worker.trial;

import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.SnapshotTaker;
import io.homeostat.worker.task.Attempt;
import jakarta.inject.Singleton;

/** Fits one configuration on the training rows and reports its value on the validation rows step by step. */
@Singleton
public class TrialRun {
    private final SnapshotTaker snapshots;

    public TrialRun(SnapshotTaker snapshots) {
        this.snapshots = snapshots;
    }

    /** Runs the task: {@link WorkerReport.Step}s, then {@link WorkerReport.TrialDone}. */
    public void run(WorkerTask.RunTrial task, Attempt attempt) {
        run(task, attempt, snapshots.rows(task.snapshot(), task.spec(), attempt.control()));
    }

    void run(WorkerTask.RunTrial task, Attempt attempt, Dataset data) {
        CpuTime cpu = new CpuTime();
        Judge judge = new Judge(task.spec());
        BoosterTraining.Rows validation = data.validation();
        double value = Double.NaN;
        int iterations = 0;
        boolean stopped = false;
        try (Fitting fitting = Fitting.begin(
                task.spec(),
                task.before(),
                task.parameters(),
                task.untilStep(),
                data::toSearch,
                validation,
                data.labels())) {
            boolean more = true;
            while (more && !stopped) {
                attempt.control().checkIn();
                more = fitting.iterate();
                if (more && (fitting.iterations() % task.reportEvery() != 0 || !fitting.isOwn())) {
                    continue;
                }
                double now = judge.value(judge.outcomes(fitting.answers(), validation.labels()));
                if (iterations == 0 || task.untilStep() != null || judge.better(now, value)) {
                    value = now;
                    iterations = fitting.iterations();
                }
                attempt.control().checkIn();
                attempt.reports().send(step(task, attempt, fitting.iterations(), now));
                stopped = more && attempt.control().stopped();
            }
        }
        attempt.reports().send(done(task, attempt, value, iterations, stopped, cpu.millis()));
    }

    private static WorkerReport step(WorkerTask.RunTrial task, Attempt a, int step, double value) {
        return new WorkerReport.Step(
                task.taskId(),
                task.retuneId(),
                a.model(),
                a.number(),
                a.workerId(),
                a.now().get(),
                task.trial(),
                step,
                value);
    }

    /** The report that a trial has ended. A trial stopped before its first step has the value NaN. */
    public static WorkerReport done(
            WorkerTask.RunTrial task, Attempt a, double value, int bestIteration, boolean stopped, long cpuMillis) {
        return new WorkerReport.TrialDone(
                task.taskId(),
                task.retuneId(),
                a.model(),
                a.number(),
                a.workerId(),
                a.now().get(),
                task.trial(),
                value,
                bestIteration,
                stopped,
                cpuMillis);
    }
}
