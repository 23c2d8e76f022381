package io.homeostat.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.worker.History;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.snapshot.Snapshots;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.Recorded;
import io.homeostat.worker.task.TaskCancelled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialRunTest {
    private static final ModelSpec SPEC = History.spec(1000, "logLoss");
    private static final Dataset DATA = Snapshots.dataset(SPEC, History.events(1000, .4));

    private final Recorded recorded = new Recorded();
    private final TrialRun trials = new TrialRun(null);

    private static WorkerTask.RunTrial task(Map<String, Object> parameters) {
        return new WorkerTask.RunTrial("t1", "r", SPEC, "s", 3, parameters, DATA.snapshot(), 5, null, null);
    }

    @Test
    void reportsEveryFewIterationsAndTheBestAtTheEnd() {
        // given
        var task = task(Map.of("num_iterations", 23, "learning_rate", .3));
        // when
        trials.run(task, recorded.attempt(task), DATA);
        // then
        var steps = recorded.all(WorkerReport.Step.class);
        assertThat(steps).extracting(WorkerReport.Step::step).containsExactly(5, 10, 15, 20, 23);
        var done = recorded.last(WorkerReport.TrialDone.class);
        assertThat(done.value())
                .isEqualTo(steps.stream()
                        .mapToDouble(WorkerReport.Step::value)
                        .min()
                        .orElseThrow())
                .isLessThan(.35);
        assertThat(steps).anySatisfy(s -> {
            assertThat(s.step()).isEqualTo(done.bestIteration());
            assertThat(s.value()).isEqualTo(done.value());
        });
        assertThat(done.stopped()).isFalse();
        assertThat(done.trial()).isEqualTo(3);
    }

    @Test
    void theSameTrialHasTheSameValues() {
        // given
        var task = task(Map.of("num_iterations", 20, "feature_fraction", .5));
        Recorded again = new Recorded();
        // when
        trials.run(task, recorded.attempt(task), DATA);
        trials.run(task, again.attempt(task), DATA);
        // then
        assertThat(again.all(WorkerReport.Step.class)).isEqualTo(recorded.all(WorkerReport.Step.class));
    }

    @Test
    void stopsAtTheNextReportWhenTold() {
        // given
        recorded.stopping("t1", 2);
        var task = task(Map.of("num_iterations", 100));
        // when
        trials.run(task, recorded.attempt(task), DATA);
        // then
        assertThat(recorded.all(WorkerReport.Step.class)).hasSize(2);
        assertThat(recorded.last(WorkerReport.TrialDone.class).stopped()).isTrue();
    }

    @Test
    void saysNothingMoreOnceItIsTakenAway() {
        // given
        var task = task(Map.of());
        Attempt attempt = recorded.attempt(task);
        attempt.control().cancel();
        // when
        // then
        assertThatThrownBy(() -> trials.run(task, attempt, DATA)).isInstanceOf(TaskCancelled.class);
        assertThat(recorded.reports).isEmpty();
    }

    @Test
    void aParameterThatLightGbmRefusesIsAnError() {
        // given
        var task = task(Map.of("bagging_fraction", 7.5));
        // when
        // then
        assertThatThrownBy(() -> trials.run(task, recorded.attempt(task), DATA))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bagging_fraction");
    }

    @Test
    void lessDataGivesAnotherValue() {
        // given
        var all = task(Map.of("num_iterations", 20));
        var some = task(Map.of("num_iterations", 20, "training_share", .2));
        Recorded other = new Recorded();
        // when
        trials.run(all, recorded.attempt(all), DATA);
        trials.run(some, other.attempt(some), DATA);
        // then
        assertThat(other.last(WorkerReport.TrialDone.class).value())
                .isNotEqualTo(recorded.last(WorkerReport.TrialDone.class).value());
    }

    private static WorkerTask.RunTrial piece(Map<String, Object> parameters, List<WorkerTask.Stage> before, int until) {
        return new WorkerTask.RunTrial("t1", "r", SPEC, "s", 3, parameters, DATA.snapshot(), 5, before, until);
    }

    @Test
    void aTrialGoesOnFromAnother() {
        // given
        Map<String, Object> slow = Map.of("num_iterations", 30, "learning_rate", .02, "training_share", .6);
        Map<String, Object> fast = Map.of("num_iterations", 30, "learning_rate", .3, "training_share", .9);
        Recorded first = new Recorded();
        Recorded second = new Recorded();
        Recorded slowly = new Recorded();
        // when
        var start = piece(slow, List.of(), 10);
        trials.run(start, first.attempt(start), DATA);
        var next = piece(fast, List.of(new WorkerTask.Stage(10, slow)), 20);
        trials.run(next, second.attempt(next), DATA);
        var whole = piece(slow, List.of(), 20);
        trials.run(whole, slowly.attempt(whole), DATA);
        // then
        assertThat(first.all(WorkerReport.Step.class))
                .extracting(WorkerReport.Step::step)
                .containsExactly(5, 10);
        assertThat(second.all(WorkerReport.Step.class))
                .extracting(WorkerReport.Step::step)
                .containsExactly(15, 20);
        assertThat(value(second)).isLessThan(value(slowly)).isLessThan(value(first));
        assertThat(second.last(WorkerReport.TrialDone.class).bestIteration()).isEqualTo(20);
    }

    private static double value(Recorded recorded) {
        return recorded.last(WorkerReport.TrialDone.class).value();
    }

    @Test
    void aPieceThatOthersGoOnFromHasItsLastValue() {
        // given: a rate at which it learns noise
        Map<String, Object> wild = Map.of("num_iterations", 60, "learning_rate", .9, "min_data_in_leaf", 1);
        // when
        var piece = piece(wild, List.of(), 60);
        trials.run(piece, recorded.attempt(piece), DATA);
        // then
        var steps = recorded.all(WorkerReport.Step.class);
        assertThat(value(recorded)).isEqualTo(steps.get(steps.size() - 1).value());
        assertThat(steps).anyMatch(step -> step.value() < value(recorded));
    }

    @Test
    void aTrialThatEndsBeforeItGoesOnIsAnError() {
        // given
        var task = new WorkerTask.RunTrial(
                "t1",
                "r",
                SPEC,
                "s",
                3,
                Map.of("num_iterations", 10),
                DATA.snapshot(),
                5,
                List.of(new WorkerTask.Stage(10, Map.of())),
                null);
        // when
        // then
        assertThatThrownBy(() -> trials.run(task, recorded.attempt(task), DATA))
                .hasMessage("it is to end after 10 iterations, but goes on from 10");
    }
}
