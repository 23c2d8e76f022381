package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.benchmarks.loop.LoopModel.Search;
import io.homeostat.model.artifact.FileArtifactStore;
import io.homeostat.worker.confirm.Confirmation;
import io.homeostat.worker.queue.TaskRunner;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.SnapshotTaker;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.trial.TrialRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The second search of a life, by who remembers the first one and by who does not, on the same rows.
 *
 * @param warm it knows the first search, and what serves
 * @param cold it knows neither
 * @param firstBest the best value of the first search, on the rows of then
 */
record SecondSearch(Progress warm, Progress cold, double firstBest) {

    /**
     * Lives it.
     *
     * @param folder for models
     */
    static SecondSearch of(Life life, Path folder) {
        SnapshotTaker rows = new LabelledRows(life.events()).snapshots();
        FileArtifactStore models = new FileArtifactStore(folder);
        TaskRunner worker = new TaskRunner(rows, new TrialRun(rows), new Confirmation(rows, models));
        LoopModel knowing = new LoopModel(life.spec(), worker);
        StudyEvent first = knowing.tune(firstTraining(life)).study();
        LoopModel unknowing = new LoopModel(life.spec(), worker);
        unknowing.serve(knowing.champion()); // of which it does not know how it was made
        RetuneEvent alarm = alarm(life, knowing.champion().version());
        Search cold = unknowing.tune(alarm);
        Search warm = knowing.tune(alarm);
        if (!cold.trial().snapshot().checksum().equals(warm.trial().snapshot().checksum())
                || cold.trial().snapshot().validation()
                        != warm.trial().snapshot().validation()) {
            throw new IllegalStateException("the two searches had different rows");
        }
        return new SecondSearch(
                progress(warm, rows, life), progress(cold, rows, life), Objects.requireNonNull(first.bestValue()));
    }

    /** Trials until the model that the warm search prefers is as good on fresh rows as the one that the cold search ends with. */
    int trialsFresh() {
        return Progress.trialsTo(warm.fresh(), cold.lastFresh());
    }

    /** The best value that either of the two has found. */
    double bestJudged() {
        return Math.max(warm.last(), cold.last());
    }

    /** The better value on fresh rows of what the two end with. */
    double bestFresh() {
        return Math.max(warm.lastFresh(), cold.lastFresh());
    }

    private static Progress progress(Search search, SnapshotTaker rows, Life life) {
        Dataset data = rows.rows(search.trial().snapshot(), life.spec(), new Control(() -> false));
        return Progress.of(search.study(), search.trial(), data, life.fresh());
    }

    private static RetuneEvent firstTraining(Life life) {
        return new RetuneEvent(
                "first",
                life.spec().model(),
                RetuneEvent.Trigger.FIRST_CHAMPION,
                life.trainedAt(),
                life.trainedAt(),
                null,
                null,
                null,
                "a first training",
                List.of());
    }

    private static RetuneEvent alarm(Life life, String version) {
        return new RetuneEvent(
                "second",
                life.spec().model(),
                RetuneEvent.Trigger.ALARM,
                life.tunedAt(),
                life.tunedAt(),
                life.changedAt(),
                (long) Life.SINCE,
                version,
                "the world has changed",
                List.of());
    }
}
