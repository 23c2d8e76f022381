package io.homeostat.retune.lifecycle;

import static io.homeostat.retune.fixture.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.fixture.Given;
import io.homeostat.study.study.TrialState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchingTest {
    @Test
    void aTrialDoneMakesRoomForTheNext() {
        Play play = Play.searching(4, 1).report(Given.done("r1", 0, 1, 0.9));
        assertThat(play.tasks()).containsExactly("r1.snapshot", "r1.trial.0", "r1.trial.1");
        assertThat(play.status().trialsDone()).isEqualTo(1);
        assertThat(play.status().bestValue()).isEqualTo(0.9);
        assertThat(play.lastOf(StudyEvent.class)).singleElement().satisfies(study -> {
            assertThat(study.finished()).isFalse();
            assertThat(study.bestValue()).isEqualTo(0.9);
            assertThat(study.trials()).hasSize(2);
        });
    }

    @Test
    void aTrialWithoutProspectsEndsAtOnceAndTheNextDoesNotWait() {
        Play play = fiveComplete();
        play.report(Given.step("r1", 5, 1, 10, 0.5));
        assertThat(play.lastOf(TrialDecision.class)).singleElement().satisfies(stop -> {
            assertThat(stop.taskId()).isEqualTo("r1.trial.5");
            assertThat(stop.reason()).contains("median");
        });
        assertThat(play.lastOf(WorkerTask.class))
                .singleElement()
                .satisfies(task -> assertThat(task.taskId()).isEqualTo("r1.trial.6"));
        assertThat(play.search().study().trials().get(5).state()).isEqualTo(TrialState.PRUNED);
        assertThat(play.search().study().trials().get(5).value()).contains(0.5);
        assertThat(play.lastOf(LedgerEntry.class)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("prune");
            assertThat(entry.process()).isEqualTo(LedgerEntry.Process.STUDY);
        });
        // when: its worker has stopped, only its cost is noted
        play.report(new WorkerReport.TrialDone("r1.trial.5", "r1", Given.MODEL, 1, "w-1", T0, 5, 0.99, 10, true, 77));
        assertThat(play.last).isEmpty();
        assertThat(play.search().study().trials().get(5).value()).contains(0.5);
        assertThat(play.search().study().trials().get(5).cpuMillis()).isEqualTo(77);
    }

    @Test
    void aTrialCountsOnceHoweverOftenItIsDelivered() {
        Play play = Play.searching(4, 1)
                .report(Given.started("r1.trial.0", "r1", 1))
                .report(Given.step("r1", 0, 1, 10, 0.7))
                // the worker crashes; another one has it
                .report(Given.started("r1.trial.0", "r1", 2))
                .report(Given.done("r1", 0, 1, 0.1));
        assertThat(play.last).isEmpty();
        play.report(Given.done("r1", 0, 2, 0.8))
                .report(Given.done("r1", 0, 2, 0.9))
                .report(Given.done("r1", 0, 3, 0.9));
        assertThat(play.last).isEmpty();
        assertThat(play.search().study().trials()).hasSize(2);
        assertThat(play.search().study().trials().get(0).value()).contains(0.8);
        assertThat(play.search().study().trials().get(0).steps()).isEmpty();
        assertThat(play.search().study().trials().get(0).worker()).contains("w-2");
    }

    @Test
    void aRedeliveredTrialThatHasEndedIsStoppedAgain() {
        Play play = Play.searching(4, 1).report(Given.done("r1", 0, 1, 0.9));
        play.report(Given.started("r1.trial.0", "r1", 2));
        assertThat(play.lastOf(TrialDecision.class)).hasSize(1);
    }

    @Test
    void aFailureForGoodCountsAndOneThatComesAgainDoesNot() {
        Play play = Play.searching(4, 1).report(Given.failed("r1.trial.0", "r1", 1, true));
        assertThat(play.last).isEmpty();
        play.report(Given.failed("r1.trial.0", "r1", 2, false));
        assertThat(play.search().study().trials().get(0).state()).isEqualTo(TrialState.FAILED);
        assertThat(play.ledger()).endsWith("fail trial");
        assertThat(play.tasks()).endsWith("r1.trial.1");
    }

    @Test
    void valuesThatAreNotNumbersFailTheTrial() {
        Play play = Play.searching(4, 2)
                .report(Given.step("r1", 0, 1, 10, Double.NaN))
                .report(Given.done("r1", 1, 1, Double.POSITIVE_INFINITY));
        assertThat(play.search().study().trials())
                .extracting(t -> t.state())
                .containsExactly(TrialState.FAILED, TrialState.FAILED, TrialState.WAITING, TrialState.WAITING);
        assertThat(play.allOf(TrialDecision.class)).hasSize(1);
        // when: the worker of the first has stopped, what it took is noted
        play.report(new WorkerReport.TrialDone("r1.trial.0", "r1", Given.MODEL, 1, "w-1", T0, 0, 0.9, 10, true, 77));
        assertThat(play.search().study().trials().get(0).state()).isEqualTo(TrialState.FAILED);
        assertThat(play.search().study().trials().get(0).cpuMillis()).isEqualTo(77);
    }

    @Test
    void aReportWhoseTrialIsNotItsTasksIsVoid() {
        Play play = Play.searching(4, 2);
        ModelState before = play.state;
        play.report(new WorkerReport.Step("r1.trial.0", "r1", Given.MODEL, 1, "w", T0, 1, 10, 0.5));
        assertThat(play.state).isEqualTo(before);
    }

    @Test
    void theStudyEndsWithItsTrialsAndGoesOnToConfirmTheBestThree() {
        Play play = Play.confirming();
        assertThat(play.status().phase()).isEqualTo(Phase.CONFIRM);
        assertThat(play.lastOf(StudyEvent.class)).singleElement().satisfies(study -> {
            assertThat(study.finished()).isTrue();
            assertThat(study.studyId()).isEqualTo("r1");
        });
        assertThat(play.lastOf(WorkerTask.ConfirmBest.class)).singleElement().satisfies(task -> {
            assertThat(task.finalists()).extracting(f -> f.trial()).containsExactly(0, 1, 2);
            assertThat(task.finalists().get(1).parameters()).containsEntry("num_iterations", 41L);
            assertThat(task.championVersion()).isEqualTo("v1");
            assertThat(task.champion()).isEqualTo(Given.artifact('a'));
            assertThat(task.candidateVersion()).isEqualTo("v2");
        });
    }

    @Test
    void theWallTimeEndsTheStudyAndStopsWhatRuns() {
        Play play = Play.searching(40, 2).report(Given.done("r1", 0, 1, 0.9));
        play.tick(T0);
        play.report(Given.started("r1.trial.1", "r1", 1));
        play.tick(T0.plus(Duration.ofMinutes(4)));
        play.tick(T0.plus(Duration.ofMinutes(20)));
        assertThat(play.lastOf(TrialDecision.class))
                .extracting(d -> d.taskId())
                .containsExactly("r1.trial.1", "r1.trial.2");
        assertThat(play.state.current()).isInstanceOf(Confirming.class);
        assertThat(play.status().reason()).contains("the wall time of 20m is used up");
    }

    @Test
    void aSilentTrialIsSentAgainAndAtLastFailed() {
        Play play = Play.searching(4, 1).tick(T0);
        for (int i = 1; i <= 3; i++) {
            play.tick(T0.plus(Duration.ofMinutes(5).multipliedBy(i)));
            assertThat(play.lastOf(WorkerTask.class))
                    .extracting(WorkerTask::taskId)
                    .containsExactly("r1.trial.0");
        }
        // the budget of wall time is as long as the fourth silence, so a longer one is not needed to see the end
        play.report(Given.started("r1.trial.0", "r1", 1));
        assertThat(play.search().study().trials().get(0).attempt()).isEqualTo(1);
    }

    @Test
    void aTaskThatIsSentAgainIsCountedAnewAndStillNewer() {
        Play play = Play.searching(4, 1)
                .report(Given.started("r1.trial.0", "r1", 3))
                .tick(T0)
                .tick(T0.plus(Play.TIMEOUT));
        play.report(Given.done("r1", 0, 1, 0.9));
        assertThat(play.search().study().trials().get(0).state()).isEqualTo(TrialState.COMPLETE);
        assertThat(play.search().study().trials().get(0).attempt()).isEqualTo(4);
    }

    @Test
    void nothingCompleteIsAFailureWithItsReason() {
        Play play = Play.searching(2, 1)
                .report(Given.failed("r1.trial.0", "r1", 1, false))
                .report(Given.failed("r1.trial.1", "r1", 1, false));
        assertThat(play.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(play.status().reason())
                .isEqualTo("no trial was completed: the budget of 2 trials is used up;"
                        + " the last failure: there are 12 rows, 200 are needed");
        assertThat(play.allOf(StudyEvent.class)
                        .reduce((a, b) -> b)
                        .orElseThrow()
                        .finished())
                .isTrue();
    }

    private static Play fiveComplete() {
        Play play = Play.searching(8, 1);
        for (int n = 0; n < 5; n++) {
            play.report(Given.step("r1", n, 1, 10, 0.8)).report(Given.done("r1", n, 1, 0.9));
        }
        return play;
    }
}
