package io.homeostat.retune.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.retune.fixture.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetuneProcessTest {
    @Test
    void oneAtATimeAndEachWishOnce() {
        Play play = Play.searching(4, 1)
                .wish(Given.wish("r1", Trigger.ALARM, "v1"))
                .wish(Given.wish("r2", Trigger.ALARM, "v1"))
                .wish(Given.wish("r2", Trigger.ALARM, "v1"))
                .wish(Given.wish("r3", Trigger.PERSON, null));
        assertThat(play.ledger())
                .containsExactly("accept", "remedy", "warm start", "ignore", "merge", "ignore", "refuse");
        assertThat(play.state.current().order().retuneId()).isEqualTo("r1");
    }

    @Test
    void whatIsRememberedIsBounded() {
        Play play = new Play(1, 1);
        for (int i = 0; i < 200; i++) {
            play.wish(Given.wish("r" + i, Trigger.PERSON, null))
                    .report(Given.taken("r" + i, 1))
                    .report(Given.done("r" + i, 0, 1, 0.9))
                    .report(Given.confirmed("r" + i, 1, Given.alone()));
        }
        assertThat(play.state.seen()).hasSize(ModelState.MOST_SEEN).endsWith("r199");
        assertThat(play.state.past()).hasSize(ModelState.MOST_PAST);
        assertThat(play.state.versions()).hasSize(ModelState.MOST_VERSIONS);
        assertThat(play.state.nextVersion()).isEqualTo("v201");
    }

    @Test
    void aScheduledWishFitsTheChampionAgainWithoutASearch() {
        // given a champion made here
        Play play = new Play(5, 1)
                .wish(Given.wish("r0", Trigger.FIRST_CHAMPION, null))
                .report(Given.taken("r0", 1));
        for (int n = 0; n < 5; n++) {
            play.report(Given.done("r0", n, 1, 0.9));
        }
        play.report(Given.confirmed("r0", 1, Given.alone())).route(Given.route(1, "v1"));
        // when
        play.wish(Given.wish("r1", Trigger.SCHEDULE, "v1"));
        // then what the champion has learned from is not what it is judged on
        assertThat(play.lastOf(WorkerTask.TakeSnapshot.class))
                .singleElement()
                .satisfies(task -> assertThat(task.changeSince())
                        .isEqualTo(Given.snapshot().dataUntil()));
        play.report(Given.taken("r1", 1));
        int trials = play.search().study().spec().budget().trials();
        assertThat(trials).isBetween(1, 7);
        assertThat(Views.status(play.state).orElseThrow().reason())
                .startsWith("0 of " + trials + " trials have ended, ");
        for (int n = 0; n < trials; n++) {
            play.report(Given.done("r1", n, 1, 0.9));
        }
        assertThat(play.state.current()).isInstanceOf(Confirming.class);
        // and it need not prove itself
        play.report(Given.confirmed("r1", 1, new HoldoutEvidence(100, "accuracy", 0.71, 0.71, 10, 10, 0.6)));
        assertThat(play.status().phase()).isEqualTo(Phase.CANDIDATE);
    }

    @Test
    void whereOnlyEventsMoveTimeAReTuneTakesNone() {
        RetuneProcess process = new RetuneProcess(new Settings(Play.TIMEOUT, true));
        Outcome begun =
                process.wish(ModelState.of(Given.MODEL), Given.wish("r1", Trigger.PERSON, null), Given.spec(1, 1));
        WorkerReport late = new WorkerReport.SnapshotTaken(
                "r1.snapshot", "r1", Given.MODEL, 1, "w", Instant.parse("2036-01-01T00:00:00Z"), Given.snapshot());
        Outcome searching = process.report(begun.state(), late, RecordIndex.of(List.of()));
        assertThat(Views.status(searching.state()).orElseThrow().updatedAt()).isEqualTo(Given.T0);
    }

    @Test
    void theSameInputsGiveTheSameOutputsInEveryOrderOfReports() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(chaos(seed).json()).isEqualTo(chaos(seed).json());
        }
    }

    @Test
    void noTrialCountsTwiceAndTheBudgetHoldsWhateverIsReported() {
        for (long seed = 0; seed < 100; seed++) {
            Play play = chaos(seed);
            long ended = play.said.stream()
                    .map(o -> o.event() instanceof io.homeostat.backbone.event.StudyEvent.TrialSummary t ? t : null)
                    .filter(t ->
                            t != null && List.of("complete", "pruned", "failed").contains(t.state()))
                    .count();
            assertThat(ended).as("seed " + seed).isEqualTo(6);
            assertThat(play.tasks()).as("seed " + seed).doesNotHaveDuplicates().hasSize(8);
        }
    }

    /** Reports of any attempt about any trial, in any order, until the study has ended. */
    private static Play chaos(long seed) {
        Random random = new Random(seed);
        Play play = Play.searching(6, 1 + random.nextInt(3));
        for (int i = 0; i < 2000 && play.state.current() instanceof Searching; i++) {
            int trial = random.nextInt(6);
            int attempt = 1 + random.nextInt(3);
            List<WorkerReport> one = new ArrayList<>(List.of(
                    Given.started("r1.trial." + trial, "r1", attempt),
                    Given.step("r1", trial, attempt, 10 * (1 + random.nextInt(9)), random.nextDouble()),
                    Given.step("r1", trial, attempt, 10 * (1 + random.nextInt(9)), random.nextDouble()),
                    Given.done("r1", trial, attempt, random.nextDouble()),
                    Given.failed("r1.trial." + trial, "r1", attempt, random.nextInt(4) > 0)));
            play.report(one.get(random.nextInt(one.size())));
        }
        assertThat(play.state.current()).isNotInstanceOf(Searching.class);
        return play;
    }
}
