package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.homeostat.backbone.event.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every target does, whatever stands behind it. The world behind it is a server of the test's own. */
abstract class ServingTargetContract {
    private static final int MOST_ATTEMPTS = 12;

    /** What stands behind a target. */
    abstract static class World implements AutoCloseable {
        /** The target, as a process that has just started makes it. */
        abstract ServingTarget target();

        /** Who answers what share of the users now, in percent. */
        abstract Map<String, Double> shares();

        /** Whether a version can answer once it is asked for; at first every one can. */
        abstract void answers(String version, boolean can);

        /** What was written there, so far. */
        abstract int writes();

        /** The status that everything is answered with from now on; 0 for an end of the outage. */
        abstract void outage(int status);

        /** Time for what stands there to follow what it was told. */
        void settle() {}

        /** The topic says this route. */
        void publish(Route route) {}

        /** Somebody else gives everything to somebody else; false if that cannot be. */
        boolean meddle() {
            return false;
        }

        /** What a route looks like to the users. */
        Map<String, Double> expected(Route route) {
            return route.challengerPercent() == 0
                    ? Map.of(route.champion().version(), 100.0)
                    : Map.of(
                            route.champion().version(),
                            100 - route.challengerPercent(),
                            route.challenger().version(),
                            route.challengerPercent());
        }

        @Override
        public abstract void close();
    }

    World world;
    private final List<Double> shareOfV2 = new ArrayList<>();

    abstract World open();

    @BeforeEach
    void openWorld() {
        world = open();
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    /** One attempt, and what the users see after it. */
    Outcome attempt(ServingTarget target, Route route) {
        Outcome outcome = Reconciler.reconcile(target, route);
        world.settle();
        shareOfV2.add(world.shares().getOrDefault("v2", 0.0));
        return outcome;
    }

    /** Attempts until it is applied. */
    void apply(ServingTarget target, Route route) {
        world.publish(route);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            Outcome outcome = attempt(target, route);
            outcomes.add(outcome);
            if (outcome instanceof Outcome.Applied) {
                assertThat(world.shares()).isEqualTo(world.expected(route));
                return;
            }
        }
        throw new AssertionError("never applied: " + outcomes);
    }

    @Test
    void goesAllTheWayFromTheFirstChampionToTheNext() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 0));
        apply(target, shared(3, "v1", "v2", 10));
        apply(target, shared(4, "v1", "v2", 50));
        apply(target, shared(5, "v2", "v1", 0));
        apply(target, serves(6, "v2"));
        apply(target, shared(7, "v2", "v3", 5));
        apply(target, serves(8, "v2"));
    }

    @Test
    void whatIsInForceIsNotWrittenAgain() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 10));
        int writes = world.writes();
        // when
        Outcome again = attempt(target, shared(2, "v1", "v2", 10));
        // then
        assertThat(again)
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.changed()).isFalse());
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    void versionThatCannotAnswerGetsNoShareUntilItCan() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        world.answers("v2", false);
        // when
        Route canary = shared(2, "v1", "v2", 10);
        world.publish(canary);
        for (int i = 0; i < 4; i++) {
            // then
            assertThat(attempt(target, canary)).isInstanceOf(Outcome.Waiting.class);
            assertThat(world.shares()).isEqualTo(Map.of("v1", 100.0));
        }
        world.answers("v2", true);
        world.publish(canary);
        apply(target, canary);
    }

    @Test
    void weightNeverRisesOnTheWayBack() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 10));
        apply(target, shared(3, "v1", "v2", 50));
        shareOfV2.clear();
        // when
        apply(target, serves(4, "v1"));
        // then
        assertThat(shareOfV2)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .allMatch(share -> share <= 50);
        assertThat(world.shares()).isEqualTo(Map.of("v1", 100.0));
    }

    @Test
    void previousChampionReturnsAfterAPromotion() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 50));
        apply(target, shared(3, "v2", "v1", 0));
        shareOfV2.clear();
        // when
        apply(target, serves(4, "v1"));
        // then
        assertThat(shareOfV2).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void olderRouteIsNotApplied() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 50));
        apply(target, serves(3, "v1"));
        // when: a process that slept through the way back wakes up
        Outcome late = attempt(target, shared(2, "v1", "v2", 50));
        Outcome lateAfterRestart = attempt(world.target(), shared(2, "v1", "v2", 50));
        // then
        assertThat(world.shares()).isEqualTo(Map.of("v1", 100.0));
        assertAboutOlder(late);
        assertAboutOlder(lateAfterRestart);
    }

    void assertAboutOlder(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Superseded.class);
    }

    @Test
    void processThatTakesOverGoesOnWithoutAChange() {
        apply(world.target(), serves(1, "v1"));
        apply(world.target(), shared(2, "v1", "v2", 10));
        // when: a new process for every attempt
        apply(world.target(), serves(3, "v1"));
        shareOfV2.clear();
        apply(world.target(), serves(3, "v1"));
        // then
        assertThat(shareOfV2).containsOnly(0.0);
    }

    @Test
    void everyAttemptMayBeTheLastOfItsProcess() {
        apply(world.target(), serves(1, "v1"));
        for (Route route : List.of(
                shared(2, "v1", "v2", 10), shared(3, "v1", "v2", 50), shared(4, "v2", "v1", 0), serves(5, "v2"))) {
            world.publish(route);
            Outcome outcome = new Outcome.Waiting("not begun");
            for (int i = 0; i < MOST_ATTEMPTS && !(outcome instanceof Outcome.Applied); i++) {
                outcome = attempt(world.target(), route);
            }
            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            assertThat(world.shares()).isEqualTo(world.expected(route));
        }
    }

    @Test
    void whatSomebodyElseChangesIsPutRight() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        apply(target, shared(2, "v1", "v2", 10));
        assumeTrue(world.meddle(), "nobody else can change this one");
        assertThat(world.shares()).isNotEqualTo(world.expected(shared(2, "v1", "v2", 10)));
        // when
        apply(target, shared(2, "v1", "v2", 10));
    }

    @Test
    void outageIsToldAndEnds() {
        ServingTarget target = world.target();
        apply(target, serves(1, "v1"));
        world.outage(503);
        // when
        Route canary = shared(2, "v1", "v2", 10);
        world.publish(canary);
        Outcome outcome = Reconciler.reconcile(target, canary);
        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("503"));
        world.outage(0);
        apply(target, canary);
    }
}
