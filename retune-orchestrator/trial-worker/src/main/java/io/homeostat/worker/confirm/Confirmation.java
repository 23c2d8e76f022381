package io.homeostat.worker.confirm;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.evaluation.Outcome;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.lightgbm.LightGbmArtifact;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.SnapshotTaker;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.TaskFailure;
import io.homeostat.worker.trial.CpuTime;
import io.homeostat.worker.trial.Fitting;
import io.homeostat.worker.trial.Judge;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fits the best few on training and validation rows, judges each on the hold-out, compares the best of them with the
 * champion row by row, and stores that very model: what was confirmed is what will be served, so its hold-out scores and
 * errors are a true reference for what it does in production.
 *
 * <p>Where the world is steady, the most rows are the best guess, and the best of several on a hold-out is mostly lucky: the
 * winner is the finalist that learns from the most rows, unless another is better at p ≤ {@value #SURELY}, corrected for how
 * many there are. What is stored is the winner fitted once more on all rows: the newest are worth most, and the hold-out's few
 * more change scores and errors too little to make the reference untrue.
 */
@Singleton
public class Confirmation {
    private static final double SURELY = .05;

    private final SnapshotTaker snapshots;
    private final ArtifactStore artifacts;

    public Confirmation(SnapshotTaker snapshots, ArtifactStore artifacts) {
        this.snapshots = snapshots;
        this.artifacts = artifacts;
    }

    private record Judged(
            WorkerTask.Finalist finalist,
            double trainingShare,
            LightGbmArtifact model,
            List<Prediction> answers,
            List<Outcome> outcomes,
            double value) {}

    /** Runs the task: the version's reference profile and estimator, then {@link WorkerReport.Confirmed}. */
    public void run(WorkerTask.ConfirmBest task, Attempt attempt) {
        run(task, attempt, snapshots.rows(task.snapshot(), task.spec(), attempt.control()));
    }

    void run(WorkerTask.ConfirmBest task, Attempt attempt, Dataset data) {
        CpuTime cpu = new CpuTime();
        Judge judge = new Judge(task.spec());
        List<Judged> finalists = new ArrayList<>();
        for (WorkerTask.Finalist finalist : task.finalists()) {
            finalists.add(judge(task, finalist, data, judge, attempt.control()));
        }
        Judged winner = task.steady() ? steadyWinner(finalists, judge) : best(finalists, judge);
        HoldoutEvidence evidence = compare(task.champion(), winner, data, judge, finalists.size());
        attempt.control().checkIn();
        LightGbmArtifact served = task.steady() ? onAllRows(task, winner, data, attempt.control()) : winner.model();
        ArtifactRef artifact = artifacts.put(served.bytes(), LightGbmArtifact.FORMAT);
        attempt.reports()
                .publish(ReferenceProfile.of(
                        task.spec(), task.candidateVersion(), attempt.now().get(), data, winner.answers()));
        HoldoutEstimator.of(task.spec(), task.candidateVersion(), attempt.now().get(), data.holdout(), winner.answers())
                .ifPresent(attempt.reports()::publish);
        attempt.reports()
                .send(new WorkerReport.Confirmed(
                        task.taskId(),
                        task.retuneId(),
                        attempt.model(),
                        attempt.number(),
                        attempt.workerId(),
                        attempt.now().get(),
                        winner.finalist().trial(),
                        winner.finalist().parameters(),
                        artifact,
                        evidence,
                        cpu.millis()));
    }

    private static Judged judge(
            WorkerTask.ConfirmBest task, WorkerTask.Finalist finalist, Dataset data, Judge judge, Control control) {
        BoosterTraining.Rows holdout = data.holdout();
        try (Fitting fitting = fitting(task, finalist, data::toConfirm, holdout, data)) {
            fit(fitting, control);
            List<Prediction> answers = fitting.answers();
            List<Outcome> outcomes = judge.outcomes(answers, holdout.labels());
            return new Judged(
                    finalist, fitting.trainingShare(), fitting.artifact(), answers, outcomes, judge.value(outcomes));
        }
    }

    private static Fitting fitting(
            WorkerTask.ConfirmBest task,
            WorkerTask.Finalist finalist,
            DoubleFunction<BoosterTraining.Rows> rows,
            BoosterTraining.@Nullable Rows judged,
            Dataset data) {
        return Fitting.begin(task.spec(), finalist.before(), finalist.parameters(), null, rows, judged, data.labels());
    }

    private static Judged best(List<Judged> finalists, Judge judge) {
        return finalists.stream()
                .reduce((a, b) -> judge.better(b.value(), a.value()) ? b : a)
                .orElseThrow();
    }

    private static Judged steadyWinner(List<Judged> finalists, Judge judge) {
        Judged broadest = finalists.stream()
                .reduce((a, b) -> b.trainingShare() > a.trainingShare() ? b : a)
                .orElseThrow();
        Judged best = best(finalists, judge);
        double p = PairedComparison.of(judge.losses(best.outcomes()), judge.losses(broadest.outcomes()))
                .bestOf(Math.max(1, finalists.size() - 1))
                .pValue();
        return judge.better(best.value(), broadest.value()) && p <= SURELY ? best : broadest;
    }

    private static LightGbmArtifact onAllRows(
            WorkerTask.ConfirmBest task, Judged winner, Dataset data, Control control) {
        try (Fitting fitting = fitting(task, winner.finalist(), data::toServe, null, data)) {
            fit(fitting, control);
            return fitting.artifact();
        }
    }

    private HoldoutEvidence compare(
            @Nullable ArtifactRef champion, Judged winner, Dataset data, Judge judge, int finalists) {
        BoosterTraining.Rows holdout = data.holdout();
        int rows = holdout.rows().size();
        if (champion == null) {
            return new HoldoutEvidence(rows, judge.metric(), winner.value(), null, 0, 0, null);
        }
        List<Outcome> outcomes;
        try (ModelRuntime model = ModelLoader.load(champion, artifacts.get(champion))) {
            outcomes = judge.outcomes(model.predictHistory(holdout.rows()), holdout.labels());
        }
        PairedComparison comparison = PairedComparison.of(judge.losses(winner.outcomes()), judge.losses(outcomes))
                .bestOf(finalists);
        return new HoldoutEvidence(
                rows,
                judge.metric(),
                winner.value(),
                judge.value(outcomes),
                comparison.candidateBetter(),
                comparison.championBetter(),
                comparison.pValue());
    }

    private static void fit(Fitting fitting, Control control) {
        boolean more = true;
        while (more) {
            control.checkIn();
            if (control.stopped()) {
                throw TaskFailure.forGood("stopped by a decision during the confirmation");
            }
            more = fitting.iterate();
        }
    }
}
