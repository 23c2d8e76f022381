package io.homeostat.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.worker.History;
import io.homeostat.worker.confirm.Confirmation;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.SnapshotTaker;
import io.homeostat.worker.snapshot.Snapshots;
import io.homeostat.worker.task.Recorded;
import io.homeostat.worker.task.StoppedTasks;
import io.homeostat.worker.trial.TrialRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {
    private static final ModelSpec SPEC = History.spec(1000, "accuracy");

    private final Recorded recorded = new Recorded();

    private void run(List<io.homeostat.backbone.event.LabelledEvent> events, WorkerTask task) {
        SnapshotTaker taker = Snapshots.taker(events);
        new TaskRunner(taker, new TrialRun(taker), new Confirmation(taker, null)).run(recorded.attempt(task));
    }

    private static WorkerTask.RunTrial trial(Map<String, Object> parameters) {
        Dataset data = Snapshots.dataset(SPEC, History.events(300, .5));
        return new WorkerTask.RunTrial("t", "r", SPEC, "s", 0, parameters, data.snapshot(), 10, null, null);
    }

    @Test
    void aStoppedTrialIsSkipped() {
        // given
        recorded.stopped.add("t");
        // when
        run(History.events(300, .5), trial(Map.of()));
        // then
        var done = recorded.last(WorkerReport.TrialDone.class);
        assertThat(recorded.reports).hasSize(1);
        assertThat(done.stopped()).isTrue();
        assertThat(done.value()).isNaN();
        assertThat(Json.read(Json.bytes(done), WorkerReport.class)).isEqualTo(done);
    }

    @Test
    void tooFewRowsAreAFailureForGood() {
        // given
        var task = new WorkerTask.TakeSnapshot(
                "t", "r", SPEC, History.START.plusSeconds(1_000_000), null, null, false, null);
        // when
        run(History.events(150, .5), task);
        // then
        assertThat(recorded.reports.get(0)).isInstanceOf(WorkerReport.Started.class);
        var failed = recorded.last(WorkerReport.Failed.class);
        assertThat(failed.retry()).isFalse();
        assertThat(failed.reason()).contains("150");
    }

    @Test
    void whatLightGbmRefusesIsAFailureForGood() {
        // given
        // when
        run(History.events(300, .5), trial(Map.of("num_leaves", 1)));
        // then
        var failed = recorded.last(WorkerReport.Failed.class);
        assertThat(failed.retry()).isFalse();
        assertThat(failed.reason()).contains("num_leaves");
    }

    @Test
    void theUnexpectedMayBeTriedAgainAndAfterTheLastAttemptIsTheReason() {
        // given
        var task = new WorkerTask.TakeSnapshot("t", "r", SPEC, History.START, null, null, false, null);
        TaskRunner runner = new TaskRunner(null, null, null);
        for (int attempt = 1; attempt <= Worker.MOST_DELIVERIES; attempt++) {
            // when
            runner.run(recorded.attempt(task, attempt));
            // then
            var failed = recorded.last(WorkerReport.Failed.class);
            assertThat(failed.reason()).startsWith("unexpected: ");
            assertThat(failed.retry()).isEqualTo(attempt < Worker.MOST_DELIVERIES);
        }
    }

    @Test
    void stoppedTasksAreBounded() {
        // given
        StoppedTasks stopped = new StoppedTasks();
        // when
        for (int i = 0; i <= StoppedTasks.MOST; i++) {
            stopped.add("t" + i);
        }
        // then
        assertThat(stopped.contains("t0")).isFalse();
        assertThat(stopped.contains("t1")).isTrue();
    }
}
