package io.homeostat.worker.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.model.artifact.ArtifactException;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.artifact.FileArtifactStore;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.worker.History;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.Snapshots;
import io.homeostat.worker.task.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmationTest {
    private static final ModelSpec SPEC = History.spec(1000, "accuracy");
    private static final Dataset BEFORE = Snapshots.dataset(SPEC, History.events(1000, .3));
    private static final Dataset NOW = Snapshots.dataset(SPEC, History.events(1000, .7));
    private static final WorkerTask.Finalist GOOD =
            new WorkerTask.Finalist(4, Map.of("num_iterations", 20, "learning_rate", .2), .9, null);
    private static final WorkerTask.Finalist POOR =
            new WorkerTask.Finalist(1, Map.of("num_iterations", 1, "learning_rate", .001), .6, null);

    @TempDir
    private Path directory;

    private ArtifactStore store;
    private Confirmation confirmation;

    @BeforeEach
    void begin() {
        store = new FileArtifactStore(directory);
        confirmation = new Confirmation(null, store);
    }

    private Recorded confirm(Dataset data, ArtifactRef champion, WorkerTask.Finalist... finalists) {
        return confirm(data, champion, false, finalists);
    }

    private Recorded confirm(Dataset data, ArtifactRef champion, boolean steady, WorkerTask.Finalist... finalists) {
        var task = new WorkerTask.ConfirmBest(
                "t", "r", SPEC, "s", List.of(finalists), data.snapshot(), "v1", champion, "v2", steady);
        Recorded recorded = new Recorded();
        confirmation.run(task, recorded.attempt(task), data);
        return recorded;
    }

    @Test
    void aFirstModelIsConfirmedWithoutAComparison() {
        // given
        // when
        var confirmed = confirm(BEFORE, null, POOR, GOOD).last(WorkerReport.Confirmed.class);
        // then
        assertThat(confirmed.winner()).isEqualTo(4);
        assertThat(confirmed.holdout().candidateValue()).isGreaterThan(.9);
        assertThat(confirmed.holdout().championValue()).isNull();
        try (ModelRuntime model = ModelLoader.load(confirmed.artifact(), store.get(confirmed.artifact()))) {
            assertThat(model.predict(Map.of("x", .9, "colour", "red")).output()).isEqualTo("1");
            assertThat(model.predict(Map.of("x", .1, "colour", "red")).output()).isEqualTo("0");
        }
    }

    @Test
    void aChampionOfYesterdayIsBeatenByEvidence() {
        // given
        ArtifactRef champion =
                confirm(BEFORE, null, GOOD).last(WorkerReport.Confirmed.class).artifact();
        // when
        var holdout =
                confirm(NOW, champion, GOOD).last(WorkerReport.Confirmed.class).holdout();
        // then
        assertThat(holdout.rows()).isEqualTo(200);
        assertThat(holdout.championValue()).isBetween(.45, .75);
        assertThat(holdout.candidateBetter()).isGreaterThan(holdout.championBetter() + 40);
        assertThat(holdout.pValue()).isLessThan(1e-6);
    }

    @Test
    void theSameTaskGivesTheSameArtifact() {
        // given
        ArtifactRef first =
                confirm(NOW, null, GOOD).last(WorkerReport.Confirmed.class).artifact();
        // when
        ArtifactRef second =
                confirm(NOW, null, GOOD).last(WorkerReport.Confirmed.class).artifact();
        // then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void whereTheWorldIsSteadyTheServedModelHasLearnedFromTheHoldoutToo() {
        // given: a threshold that falls from .7 to .3 with the first row of the hold-out
        List<LabelledEvent> events = new ArrayList<>(History.events(1000, .7).subList(0, 800));
        events.addAll(History.events(1000, .3).subList(800, 1000));
        Dataset data = Snapshots.dataset(SPEC, events);
        var newest = new WorkerTask.Finalist(
                4, Map.of("num_iterations", 20, "learning_rate", .2, "training_share", .2), .9, null);
        // when
        ArtifactRef confirmed = confirm(data, null, false, newest)
                .last(WorkerReport.Confirmed.class)
                .artifact();
        ArtifactRef refitted = confirm(data, null, true, newest)
                .last(WorkerReport.Confirmed.class)
                .artifact();
        // then
        assertThat(answer(confirmed)).isEqualTo("0");
        assertThat(answer(refitted)).isEqualTo("1");
    }

    @Test
    void whatWentOnFromOthersIsConfirmedWithWhatCameBefore() {
        // given: 20 iterations, of which the last one hardly learns
        var alone = new WorkerTask.Finalist(1, Map.of("num_iterations", 20, "learning_rate", .001), .6, null);
        var schedule = new WorkerTask.Finalist(
                4,
                Map.of("num_iterations", 20, "learning_rate", .001),
                .9,
                List.of(new WorkerTask.Stage(19, Map.of("num_iterations", 20, "learning_rate", .2))));
        // when
        var confirmed = confirm(NOW, null, false, alone, schedule).last(WorkerReport.Confirmed.class);
        // then
        assertThat(confirmed.winner()).isEqualTo(4);
        assertThat(confirmed.holdout().candidateValue()).isGreaterThan(.85);
    }

    @Test
    void whereTheWorldIsSteadyTheMostRowsWinUnlessAnotherIsSurelyBetter() {
        // given: the newest tenth of the rows is enough to learn little noise from, all of them are better or as good
        var all = new WorkerTask.Finalist(1, Map.of("num_iterations", 20, "learning_rate", .2), .9, null);
        var newest = new WorkerTask.Finalist(
                2, Map.of("num_iterations", 20, "learning_rate", .2, "training_share", .2), .91, null);
        List<LabelledEvent> changed = new ArrayList<>(History.events(1000, .7).subList(0, 600));
        changed.addAll(History.events(1000, .3).subList(600, 1000));
        // when
        var steady = confirm(NOW, null, true, newest, all).last(WorkerReport.Confirmed.class);
        var moved = confirm(Snapshots.dataset(SPEC, changed), null, true, newest, all)
                .last(WorkerReport.Confirmed.class);
        // then
        assertThat(steady.winner()).isEqualTo(1);
        assertThat(moved.winner()).isEqualTo(2);
    }

    private String answer(ArtifactRef artifact) {
        try (ModelRuntime model = ModelLoader.load(artifact, store.get(artifact))) {
            return model.predict(Map.of("x", .5, "colour", "red")).output();
        }
    }

    @Test
    void theReferenceKnowsFeaturesScoresAndErrorsOfTheHoldout() {
        // given
        // when
        Recorded recorded = confirm(NOW, null, GOOD);
        // then
        var event = recorded.references.get(0);
        Reference reference = Reference.fromBytes(event.profile());
        assertThat(event.modelVersion()).isEqualTo("v2");
        assertThat(reference.profile().rows()).isEqualTo(1000);
        assertThat(reference.profile().features().get("x").nulls()).isZero();
        assertThat(reference.error().orElseThrow().labels()).isEqualTo(200);
        double accuracy = recorded.last(WorkerReport.Confirmed.class).holdout().candidateValue();
        assertThat(1 - reference.error().orElseThrow().rate()).isEqualTo(accuracy);
    }

    @Test
    void theHoldoutTeachesWhatTellsPerformanceWithoutLabels() {
        // when
        Recorded recorded = confirm(NOW, null, GOOD);
        // then
        var event = recorded.estimators.get(0);
        assertThat(event.key()).isEqualTo("m/v2");
        assertThat(event.rows()).isEqualTo(200);
        PerformanceEstimator estimator = PerformanceEstimator.fromBytes(event.estimator());
        EstimateChunk chunk = estimator.chunk();
        for (int i = 0; i < 100; i++) {
            estimator.add(chunk, new AnsweredRow(Map.of(), i % 2 == 0 ? "1" : "0", i % 2 == 0 ? .99 : .01, null));
        }
        assertThat(estimator.estimate(chunk))
                .filteredOn(e -> e.metric() == Metric.ACCURACY)
                .singleElement()
                .satisfies(e -> assertThat(e.value()).isGreaterThan(.85));
    }

    @Test
    void aChampionThatIsNotThereIsAnErrorThatNamesIt() {
        // given
        ArtifactRef gone = new ArtifactRef("0".repeat(64), "homeostat-lightgbm/1", 10);
        // when
        // then
        assertThatThrownBy(() -> confirm(NOW, gone, GOOD))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("0".repeat(64));
    }
}
