package io.homeostat.retune.lifecycle;

import static io.homeostat.retune.fixture.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.fixture.Given;
import org.junit.jupiter.api.Test;

class SnapshottingTest {
    private final Play play = new Play(3, 2).wish(Given.wish("r1", Trigger.FIRST_CHAMPION, null));

    @Test
    void aWishBeginsWithTheSnapshot() {
        assertThat(play.status().phase()).isEqualTo(Phase.SNAPSHOT);
        assertThat(play.lastOf(WorkerTask.TakeSnapshot.class)).singleElement().satisfies(task -> {
            assertThat(task.taskId()).isEqualTo("r1.snapshot");
            assertThat(task.dataUntil()).isEqualTo(T0);
        });
        assertThat(play.ledger()).containsExactly("accept");
    }

    @Test
    void howTheDataMovedIsAskedForSearchesOnly() {
        assertThat(takenAfterASearch(Trigger.PERSON).before()).isEqualTo(Given.snapshot());
        assertThat(takenAfterASearch(Trigger.SCHEDULE).before()).isNull();
    }

    private static WorkerTask.TakeSnapshot takenAfterASearch(Trigger trigger) {
        return Play.confirming()
                .report(Given.confirmed("r1", 1, Given.notBetter()))
                .wish(Given.wish("r2", trigger, "v1"))
                .lastOf(WorkerTask.TakeSnapshot.class)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDataOpensTheSearchWithAsManyTrialsAsMayRun() {
        play.report(Given.taken("r1", 1));
        assertThat(play.tasks()).containsExactly("r1.snapshot", "r1.trial.0", "r1.trial.1");
        assertThat(play.status().phase()).isEqualTo(Phase.SEARCH);
        assertThat(play.status().snapshot()).isEqualTo(Given.snapshot());
        assertThat(play.ledger()).containsExactly("accept", "remedy", "warm start");
        assertThat(play.allOf(WorkerTask.RunTrial.class)
                        .findFirst()
                        .orElseThrow()
                        .reportEvery())
                .isEqualTo(10);
    }

    @Test
    void aFailureThatComesAgainIsWaitedFor() {
        play.report(Given.failed("r1.snapshot", "r1", 1, true));
        assertThat(play.last).isEmpty();
        // when: the second delivery has taken it, a report of the first is late
        play.report(Given.started("r1.snapshot", "r1", 2)).report(Given.taken("r1", 1));
        assertThat(play.state.current()).isInstanceOf(Snapshotting.class);
        assertThat(play.report(Given.taken("r1", 2)).state.current()).isInstanceOf(Searching.class);
    }

    @Test
    void aFailureForGoodIsTheEnd() {
        play.report(Given.failed("r1.snapshot", "r1", 1, false));
        assertThat(play.state.current()).isNull();
        assertThat(play.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(play.status().reason()).isEqualTo("the snapshot failed: there are 12 rows, 200 are needed");
        assertThat(play.ledger()).containsExactly("accept", "fail");
    }

    @Test
    void theLastDeliveryOfTheQueueIsTheEnd() {
        play.report(Given.failed("r1.snapshot", "r1", 5, true));
        assertThat(play.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void whatDoesNotBelongHereIsVoid() {
        ModelState before = play.state;
        play.report(Given.taken("other", 1))
                .report(Given.done("r1", 0, 1, 0.9))
                .report(Given.confirmed("r1", 1, Given.alone()))
                .report(Given.taken("r1", 0));
        assertThat(play.state).isEqualTo(before);
        assertThat(play.tasks()).containsExactly("r1.snapshot");
    }

    @Test
    void aWorkerThatBeginsWhatNobodyWaitsForIsStopped() {
        play.report(Given.started("old.trial.3", "old", 1));
        assertThat(play.lastOf(TrialDecision.class))
                .singleElement()
                .isEqualTo(new TrialDecision(Given.MODEL, "old", "old.trial.3", "its re-tune is not under way"));
    }

    @Test
    void silenceSendsItAgainThreeTimesAndThenFails() {
        play.tick(T0);
        for (int i = 1; i <= 3; i++) {
            play.tick(T0.plus(Play.TIMEOUT.multipliedBy(i)).minusMillis(1));
            assertThat(play.last).isEmpty();
            play.tick(T0.plus(Play.TIMEOUT.multipliedBy(i)));
            assertThat(play.lastOf(WorkerTask.class)).hasSize(1);
        }
        play.tick(T0.plus(Play.TIMEOUT.multipliedBy(4)));
        assertThat(play.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(play.status().reason()).isEqualTo("no worker took the snapshot; it was sent 4 times");
        assertThat(play.tasks()).hasSize(4).containsOnly("r1.snapshot");
    }

    @Test
    void aWordBreaksTheSilence() {
        play.tick(T0).report(Given.started("r1.snapshot", "r1", 1));
        // when: the first tick after the word stamps it
        play.tick(T0.plus(Play.TIMEOUT));
        assertThat(play.last).isEmpty();
        play.tick(T0.plus(Play.TIMEOUT.multipliedBy(2)));
        assertThat(play.lastOf(WorkerTask.class)).hasSize(1);
        // then: the deliveries of the new sending count from one, and are newer all the same
        assertThat(play.report(Given.taken("r1", 1)).state.current()).isInstanceOf(Searching.class);
    }
}
