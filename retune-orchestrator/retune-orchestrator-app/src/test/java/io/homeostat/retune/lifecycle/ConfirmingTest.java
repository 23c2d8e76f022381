package io.homeostat.retune.lifecycle;

import static io.homeostat.retune.fixture.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.remedy.Remedy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfirmingTest {
    private final Play play = Play.confirming();

    @Test
    void aBetterWinnerIsProposedWithItsEvidence() {
        play.report(Given.confirmed("r1", 1, Given.better()));
        assertThat(play.lastOf(CandidateEvent.class)).singleElement().satisfies(candidate -> {
            assertThat(candidate.candidateId()).isEqualTo("r1");
            assertThat(candidate.version()).isEqualTo("v2");
            assertThat(candidate.baselineVersion()).isEqualTo("v1");
            assertThat(candidate.proposedBy()).isEqualTo("retune");
            assertThat(candidate.artifact()).isEqualTo(Given.artifact('b'));
            assertThat(candidate.parameters()).containsEntry("num_iterations", 40);
            assertThat(candidate.holdout()).isEqualTo(Given.better());
            assertThat(candidate.summary()).startsWith("v2 has accuracy 0.95 on 200 hold-out rows");
        });
        assertThat(play.status().phase()).isEqualTo(Phase.CANDIDATE);
        assertThat(play.status().candidateVersion()).isEqualTo("v2");
        assertThat(play.state.nextVersion()).isEqualTo("v3");
        assertThat(play.ledger()).endsWith("end", "propose");
    }

    @Test
    void noImprovementIsSaidHonestly() {
        play.report(Given.confirmed("r1", 1, Given.notBetter()));
        assertThat(play.allOf(CandidateEvent.class)).isEmpty();
        assertThat(play.status().phase()).isEqualTo(Phase.NO_IMPROVEMENT);
        assertThat(play.status().reason()).startsWith("No improvement: v2 has accuracy 0.72");
        assertThat(play.state.nextVersion()).isEqualTo("v2");
        assertThat(play.state.current()).isNull();
    }

    @Test
    void aSecondConfirmationIsVoid() {
        play.report(Given.confirmed("r1", 1, Given.better()));
        play.report(Given.confirmed("r1", 2, Given.better()));
        assertThat(play.last).isEmpty();
        assertThat(play.allOf(CandidateEvent.class)).hasSize(1);
    }

    @Test
    void evidenceAboutAFormerChampionIsOfNoUse() {
        play.route(Given.route(2, "v9")).report(Given.confirmed("r1", 1, Given.better()));
        assertThat(play.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(play.status().reason()).startsWith("the champion changed from v1 to v9");
    }

    @Test
    void aRouteThatCameBeforeChangesNothing() {
        play.route(Given.route(1, "v0"));
        assertThat(play.state.champion()).isEqualTo(Given.route(1, "v1").champion());
    }

    @Test
    void aFailureForGoodOrSilenceIsTheEnd() {
        Play silent = Play.confirming().tick(T0);
        play.report(Given.failed("r1.confirm", "r1", 1, false));
        assertThat(play.status().reason()).startsWith("the confirmation failed: ");
        for (int i = 1; i <= 3; i++) {
            silent.tick(T0.plus(Duration.ofMinutes(5L * i)));
            assertThat(silent.lastOf(WorkerTask.ConfirmBest.class)).hasSize(1);
        }
        silent.tick(T0.plus(Duration.ofMinutes(20)));
        assertThat(silent.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void theNextReTuneBeginsWithTheConfigurationOfThePromotedOne() {
        play.report(Given.confirmed("r1", 1, Given.better())).route(Given.route(2, "v2"));
        play.memory = java.util.List.of(Given.memory("r1", 17));
        play.wish(Given.wish("r2", Trigger.ALARM, "v2")).report(Given.taken("r2", 1));
        Searching second = play.search();
        assertThat(second.warmStart().get(0)).startsWith("the champion v2, re-fitted");
        assertThat(second.study().trials().get(0).configuration().values())
                .isEqualTo(play.state.versions().get(0).parameters());
        assertThat(second.past()).containsExactly("r1");
    }

    @Test
    void whereTheWallTimeIsUsedUpNothingFollows() {
        Play late = refitting().tick(T0.minus(Duration.ofMinutes(21)));
        int known = late.search().study().spec().budget().trials();
        for (int n = 0; n < known; n++) {
            late.report(Given.done("r1", n, 1, .7));
        }
        late.report(Given.confirmed("r1", "after-" + known, Given.notBetter()));
        assertThat(late.status().phase()).isEqualTo(Phase.NO_IMPROVEMENT);
        assertThat(late.ledger()).doesNotContain("climb");
    }

    /* Earlier searches gained little, so a re-fit is chosen. */
    private static Play refitting() {
        Play play = new Play(10, 1).route(Given.route(1, "v1"));
        play.memory = Given.searches(4, 10, .90, .9001, 3_600_000);
        return play.wish(Given.wish("r1", Trigger.ALARM, "v1")).report(Given.taken("r1", 1));
    }

    @Test
    void whatIsNotEnoughIsFollowedByMore() {
        Play patient = refitting();
        assertThat(patient.search().remedy()).isEqualTo(Remedy.REFIT);
        int known = patient.search().study().spec().budget().trials();
        for (int n = 0; n < known; n++) {
            patient.report(Given.done("r1", n, 1, .7));
        }
        // when it does not help
        patient.report(Given.confirmed("r1", "after-" + known, Given.notBetter()));
        // then a short search goes on from there
        assertThat(patient.ledger()).contains("no improvement", "climb");
        assertThat(patient.search().remedy()).isEqualTo(Remedy.SHORT_SEARCH);
        assertThat(patient.search().study().trials()).hasSize(known + 1);
        for (int n = known; n < 5; n++) {
            patient.report(Given.done("r1", n, 1, .7));
        }
        patient.report(Given.confirmed("r1", "after-5", Given.notBetter()));
        // and a full one from there, which is the last
        assertThat(patient.search().remedy()).isEqualTo(Remedy.FULL_SEARCH);
        for (int n = 5; n < 10; n++) {
            patient.report(Given.done("r1", n, 1, .7));
        }
        patient.report(Given.confirmed("r1", 1, Given.notBetter()));
        assertThat(patient.status().phase()).isEqualTo(Phase.NO_IMPROVEMENT);
        assertThat(patient.status().trialsDone()).isEqualTo(10);
        assertThat(patient.state.current()).isNull();
    }
}
