package io.homeostat.deployer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutCommand.Action;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.RolloutStatus.Phase;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import io.homeostat.backbone.store.HeapStore;
import io.homeostat.deployer.decide.Deployment;
import io.homeostat.deployer.decide.DeploymentCodec;
import io.homeostat.deployer.decide.LedgerReplay;
import io.homeostat.deployer.testing.MemoryDirectory;
import io.homeostat.deployer.testing.World;
import io.homeostat.deployer.testing.World.Quality;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.plan.RolloutPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts from candidate to their end, hosted as in production. */
class RolloutTopologyTest {
    private static final Quality BETTER = new Quality(.05, .01);
    private static final Quality WRONG = new Quality(1, .01);
    private static final Quality FAILING = new Quality(.6, .6);

    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    @Test
    void firstCandidateIsChampionAtOnce() {
        try (World world = new World(directory, 1, ClockSetting.EVENT)) {
            world.register();
            // when
            world.propose("first", "v1", null);
            // then
            assertThat(world.routes).hasSize(1);
            assertThat(world.route().revision()).isEqualTo(1);
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.route().challenger()).isNull();
            assertThat(world.statuses).extracting(RolloutStatus::phase).containsExactly(Phase.PROMOTED);
            assertThat(world.actions()).containsExactly("first champion");
            assertThat(world.dead).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void betterCandidateGoesFromShadowToTheEndOfItsWatch(ClockSetting clock) {
        try (World world = World.withChampion(directory, 7, clock)) {
            world.qualities.put("v2", BETTER);
            // when
            world.propose("r-2", "v2", null);
            world.trafficUntil(
                    w -> w.status().rolloutId().equals("r-2")
                            && w.status().phase().isEnd(),
                    300);
            // then
            assertThat(world.actions())
                    .containsExactly("first champion", "start", "advance", "advance", "promote", "finish");
            assertThat(world.routes)
                    .extracting(Route::challengerPercent)
                    .containsExactly(0.0, 0.0, 10.0, 50.0, 0.0, 0.0);
            assertThat(world.routes).extracting(Route::revision).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            Route watch = world.routes.get(4);
            assertThat(watch.champion().version()).isEqualTo("v2");
            assertThat(watch.challenger().version()).isEqualTo("v1");
            assertThat(watch.shadow()).isTrue();
            assertThat(watch.rolloutId()).isEqualTo("r-2");
            assertThat(world.route().champion().version()).isEqualTo("v2");
            assertThat(world.route().challenger()).isNull();
            assertThat(world.status().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(world.status().liveGain()).isBetween(.3, .8);
            // by the wall clock the watch ends with a tick, before the last request is seen
            assertThat(exposures(world) - world.status().requests()).isEqualTo(clock == ClockSetting.WALL ? 1 : 0);
            assertThat(world.meters
                            .get("homeostat.deployer.rollouts.started")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(world.meters
                            .get("homeostat.deployer.rollouts.ended")
                            .tag("outcome", "promoted")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(world.meters
                            .get("homeostat.deployer.route.revision")
                            .gauge()
                            .value())
                    .isEqualTo(6);
        }
    }

    @Test
    void watchReturnsToThePreviousChampionWhenThatProvesBetter() {
        try (World world = World.withChampion(directory, 3, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", null);
            world.trafficUntil(w -> w.status().phase() == Phase.WATCHING, 300);
            // when: the world turns
            world.qualities.put("v2", WRONG);
            world.qualities.put("v1", BETTER);
            world.trafficUntil(w -> w.status().phase().isEnd(), 100);
            // then
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.ledger.get(world.ledger.size() - 1).inputs())
                    .containsEntry("cause", "previous_champion_better");
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.route().challenger()).isNull();
        }
    }

    @Test
    void failingCandidateIsRolledBackBeforeItAnswersAnybody() {
        try (World world = World.withChampion(directory, 3, ClockSetting.EVENT)) {
            world.qualities.put("v2", FAILING);
            // when
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(Period.of("1h"), null, null, null)));
            world.trafficUntil(w -> w.status().phase().isEnd() && w.statuses.size() > 1, 100);
            // then
            assertThat(world.actions()).containsExactly("first champion", "start", "rollback");
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.status().candidateServed()).isZero();
            assertThat(world.ledger.get(2).inputs()).containsEntry("cause", "candidate_bad");
            assertThat(world.route().champion().version()).isEqualTo("v1");
        }
    }

    @Test
    void badCandidateInACanaryIsRolledBackAndItsWeightNeverRises() {
        try (World world = World.withChampion(directory, 11, ClockSetting.EVENT)) {
            world.qualities.put("v2", WRONG);
            // when
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, new Share(.1), null, null)));
            world.trafficUntil(w -> w.status().phase().isEnd() && w.statuses.size() > 1, 100);
            // then
            assertThat(world.routes).extracting(Route::challengerPercent).containsExactly(0.0, 10.0, 0.0);
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.status().candidateServed()).isPositive().isLessThan(60);
        }
    }

    @Test
    void withoutCopiesABetterCandidateIsPromotedOnTheLabelsOfEachSide() {
        try (World world = World.withChampion(directory, 13, ClockSetting.EVENT)) {
            world.copies = false;
            world.qualities.put("v2", BETTER);
            // when
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, new Share(.5), null, null)));
            world.trafficUntil(w -> w.actions().contains("promote"), 500);
            // then
            assertThat(world.actions()).startsWith("first champion", "start", "promote");
            assertThat(world.ledger.get(2).reason()).startsWith("mean loss 0.").contains("; superior with e = ");
            assertThat(world.route().champion().version()).isEqualTo("v2");
        }
    }

    @Test
    void withoutCopiesAWorseCandidateGoesBackOnTheLabelsOfEachSide() {
        try (World world = World.withChampion(directory, 17, ClockSetting.EVENT)) {
            world.copies = false;
            world.qualities.put("v2", WRONG);
            // when
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, new Share(.2), null, null)));
            world.trafficUntil(w -> w.status().phase().isEnd() && w.statuses.size() > 1, 1_000);
            // then
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.ledger.get(2).inputs()).containsEntry("cause", "candidate_bad");
        }
    }

    @Test
    void failureThatTheChampionAnsweredIsTheCandidates() {
        try (World world = World.withChampion(directory, 5, ClockSetting.EVENT)) {
            world.qualities.put("v2", new Quality(.3, 1));
            // when
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, new Share(1), null, null)));
            world.trafficUntil(w -> w.status().phase() == Phase.ROLLED_BACK, 60);
            // then
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.status().candidateServed())
                    .isEqualTo(world.status().requests());
        }
    }

    @Test
    void newerCandidateTakesThePlaceOfAnUndecidedOne() {
        try (World world = World.withChampion(directory, 1, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.qualities.put("v3", BETTER);
            world.propose("r-2", "v2", null);
            world.traffic(6);
            Route old = world.route();
            // when
            world.propose("r-3", "v3", null);
            long counted = world.status().requests();
            world.answer(old);
            world.answer(old);
            // then
            assertThat(world.actions()).containsExactly("first champion", "start", "rollback", "start");
            assertThat(world.ledger.get(2).inputs()).containsEntry("cause", "superseded");
            assertThat(world.route().challenger().version()).isEqualTo("v3");
            assertThat(world.route().revision()).isEqualTo(3);
            assertThat(counted).isZero();
            assertThat(deployment(world)
                            .underway()
                            .rollout()
                            .evidence()
                            .traffic()
                            .answered())
                    .isZero();
            assertThat(world.meters
                            .get("homeostat.deployer.exposures")
                            .counter()
                            .count())
                    .isEqualTo(8);
        }
    }

    @Test
    void candidateDuringTheWatchEndsItAndChallengesThePromoted() {
        try (World world = World.withChampion(directory, 3, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", null);
            world.trafficUntil(w -> w.status().phase() == Phase.WATCHING, 300);
            // when
            world.propose("r-3", "v3", null);
            // then
            assertThat(world.actions()).endsWith("promote", "finish", "start");
            assertThat(world.route().champion().version()).isEqualTo("v2");
            assertThat(world.route().challenger().version()).isEqualTo("v3");
        }
    }

    @Test
    void peopleHoldResumePromoteAndRollBack() {
        try (World world = World.withChampion(directory, 1, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, new Share(.1), null, null)));
            world.traffic(5);
            world.command("c-1", Action.HOLD);
            world.command("c-1", Action.HOLD);
            world.traffic(40);
            assertThat(world.actions()).containsExactly("first champion", "start", "hold");
            assertThat(world.status().phase()).isEqualTo(Phase.HELD);
            assertThat(world.route().challengerPercent()).isEqualTo(10);
            assertThat(world.route().revision()).isEqualTo(2);
            // when
            world.command("c-2", Action.RESUME);
            world.command("c-3", Action.PROMOTE);
            world.command("c-4", Action.HOLD);
            world.command("c-5", Action.ROLLBACK);
            world.command("c-6", Action.ROLLBACK);
            // then
            assertThat(world.actions())
                    .containsExactly("first champion", "start", "hold", "resume", "promote", "refuse", "rollback");
            assertThat(world.ledger.get(6).reason()).isEqualTo("rolled back by ada: month end");
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.dead).extracting(DeadLetter::reason).containsExactly(DeadLetter.Reason.REFUSED);
            assertThat(world.dead.get(0).topic()).isEqualTo("homeostat.rollout-commands");
            assertThat(world.dead.get(0).message()).contains("no rollout of 'loans' is under way");
        }
    }

    @Test
    void candidateOfAnUnknownModelIsADeadLetter() {
        try (World world = new World(directory, 1, ClockSetting.EVENT)) {
            // when
            world.propose("first", "v1", null);
            // then
            assertThat(world.dead).extracting(DeadLetter::reason).containsExactly(DeadLetter.Reason.UNKNOWN_MODEL);
            assertThat(world.routes).isEmpty();
            // and once the spec is there, the same candidate is welcome
            world.register();
            world.propose("first", "v1", null);
            assertThat(world.route().champion().version()).isEqualTo("v1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rolloutOfAModelThatIsRemovedEndsAndTheChampionServesOn(ClockSetting clock) {
        try (World world = World.withChampion(directory, 1, clock)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", List.of(new RolloutSpec.Step(null, Share.of("50%"), null, null)));
            world.traffic(10);
            assertThat(world.route().challengerPercent()).isEqualTo(50);
            // when
            world.remove();
            if (clock == ClockSetting.WALL) {
                world.idle(Duration.ofSeconds(2));
            } else {
                world.traffic(1);
            }
            // then
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.actions()).containsExactly("first champion", "start", "rollback");
            assertThat(world.ledger.get(2).inputs()).containsEntry("cause", "model_removed");
            assertThat(world.ledger.get(2).reason())
                    .isEqualTo("the model's spec was removed; the champion serves everyone");
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.route().challenger()).isNull();
            // and once it is registered again, it goes on from there
            world.register();
            world.propose("r-3", "v2", null);
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.route().challenger().version()).isEqualTo("v2");
        }
    }

    @Test
    void candidateThatCameBeforeIsIgnored() {
        try (World world = World.withChampion(directory, 1, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", null);
            world.command("c-1", Action.ABORT);
            // when
            world.propose("r-2", "v2", null);
            // then
            assertThat(world.actions()).containsExactly("first champion", "start", "rollback");
            assertThat(world.dead).isEmpty();
        }
    }

    @Test
    void retuneAgainstAnOlderChampionIsRefused() {
        try (World world = World.withChampion(directory, 1, ClockSetting.EVENT)) {
            // when
            world.propose(World.candidate("r-2", "v2", world.time, "retune-1", "v0", null));
            // then
            assertThat(world.actions()).containsExactly("first champion", "refuse");
            assertThat(world.dead).extracting(DeadLetter::reason).containsExactly(DeadLetter.Reason.REFUSED);
            assertThat(world.dead.get(0).message())
                    .contains("compared with 'v0'")
                    .contains("now 'v1'");
            assertThat(world.routes).hasSize(1);
        }
    }

    @Test
    void deadlinePassesWithoutTrafficByTheWallClock() {
        try (World world = World.withChampion(directory, 1, ClockSetting.WALL)) {
            world.propose("r-2", "v2", null);
            // when
            world.idle(Duration.ofHours(13));
            // then: no data is never a pass
            assertThat(world.actions()).containsExactly("first champion", "start", "hold");
            assertThat(world.route().challengerPercent()).isZero();
        }
    }

    @Test
    void rolloutOfAnotherReleaseEndsAndTheChampionServesEveryone() {
        try (World world = World.withChampion(directory, 1, ClockSetting.WALL)) {
            world.qualities.put("v2", BETTER);
            List<RolloutSpec.Step> canary = List.of(new RolloutSpec.Step(null, new Share(.1), null, null));
            world.propose("r-2", "v2", canary);
            assertThat(world.route().challengerPercent()).isEqualTo(10);
            // when: its state is in another form after an upgrade
            HeapStore<Deployment> store = store(world);
            String stored = new String(
                    new DeploymentCodec().encode(store.get(World.MODEL).orElseThrow()), UTF_8);
            byte[] other = stored.replace("\"plan\":{", "\"plan\":7,\"was\":{").getBytes(UTF_8);
            store.put(World.MODEL, new DeploymentCodec().decode(other));
            world.idle(Duration.ofSeconds(1));
            // then
            assertThat(world.route().champion().version()).isEqualTo("v1");
            assertThat(world.route().challenger()).isNull();
            assertThat(world.status().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.status().reason()).contains("was stored by another release and cannot be read");
            assertThat(world.ledger.get(world.ledger.size() - 1).inputs()).containsEntry("cause", "unreadable");
            int said = world.statuses.size();
            world.idle(Duration.ofSeconds(5));
            assertThat(world.statuses).hasSize(said);
            world.propose("r-3", "v2", canary);
            assertThat(world.route().challengerPercent()).isEqualTo(10);
        }
    }

    @Test
    void statusIsSaidAtMostOnceASecond() {
        try (World world = World.withChampion(directory, 1, ClockSetting.WALL)) {
            world.qualities.put("v2", BETTER);
            world.propose("r-2", "v2", null);
            int before = world.statuses.size();
            // when: time passes with and without requests
            world.traffic(2);
            world.idle(Duration.ofSeconds(20));
            // then
            assertThat(world.statuses.size() - before).isEqualTo(2);
            assertThat(world.status().requests()).isEqualTo(2);
        }
    }

    @Test
    void replayGivesTheSameLedgerAlsoWhenTheStateWasStoredAndReadOften() {
        assertThat(scripted(directory.resolve("a"), true)).isEqualTo(scripted(directory.resolve("b"), false));
    }

    @Test
    void everyDecisionOfTheLedgerIsMadeAgainFromTheLedgerAlone() {
        // given: as it comes back from the topic
        List<LedgerEntry> ledger = scripted(directory, true);

        // when
        RolloutPlan plan = null;
        int replayed = 0;
        for (LedgerEntry entry : ledger) {
            if (entry.action().equals("start")) {
                plan = LedgerReplay.plan(entry).orElseThrow();
            } else if (plan != null) {
                RolloutDecision recorded = LedgerReplay.recorded(entry);
                RolloutDecision again = LedgerReplay.replay(plan, entry).orElseThrow();
                assertThat(again.action()).isEqualTo(recorded.action());
                assertThat(again.to()).isEqualTo(recorded.to());
                assertThat(again.verdict()).isEqualTo(recorded.verdict());
                assertThat(again.reason()).isEqualTo(recorded.reason());
                assertThat(recorded.inputs()).containsAllEntriesOf(again.inputs());
                replayed++;
            }
        }

        // then
        assertThat(replayed).isGreaterThanOrEqualTo(6);
    }

    private List<LedgerEntry> scripted(Path where, boolean forgetful) {
        try (World world = World.withChampion(where, 21, ClockSetting.EVENT)) {
            world.qualities.put("v2", BETTER);
            world.qualities.put("v3", FAILING);
            world.propose("r-2", "v2", null);
            for (int i = 0; i < 70; i++) {
                if (forgetful && i % 5 == 0) {
                    store(world).flush();
                    store(world).clearCache();
                }
                if (i == 10) {
                    world.command("c-1", Action.HOLD);
                } else if (i == 15) {
                    world.command("c-2", Action.RESUME);
                }
                world.traffic(1);
            }
            world.propose("r-3", "v3", null);
            world.trafficUntil(w -> w.status().phase().isEnd(), 40);
            assertThat(world.actions()).contains("hold", "resume", "promote", "finish", "rollback");
            return world.ledger;
        }
    }

    private static double exposures(World world) {
        return world.meters.get("homeostat.deployer.exposures").counter().count();
    }

    private static Deployment deployment(World world) {
        return store(world).get(World.MODEL).orElseThrow();
    }

    private static HeapStore<Deployment> store(World world) {
        return (HeapStore<Deployment>) world.driver.getStateStore("deployer.state");
    }
}
