package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.event.TargetStatus.Phase;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.copy.StartingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When routes are applied, how often, and what is told; time is the test's. */
class ApplicationsTest {
    private static final TargetSpec ONE = target("one");
    private static final TargetSpec TWO = target("two");

    private final Time time = new Time();
    private final Map<String, List<TargetSpec>> specs = new HashMap<>(Map.of("loans", List.of(ONE, TWO)));
    private final Map<TargetSpec, Fake> fakes = Map.of(ONE, new Fake(), TWO, new Fake());
    private final List<TargetStatus> told = new ArrayList<>();
    private final Map<String, TargetStatus> toldBefore = new HashMap<>();
    private int lines;
    private final Applications applications = applications(model -> Optional.ofNullable(specs.get(model)));

    private static TargetSpec target(String name) {
        return new TargetSpec(null, null, null, new TargetSpec.Webhook(name), null);
    }

    private Applications applications(Function<String, Optional<List<TargetSpec>>> known) {
        return new Applications(
                known, fakes::get, key -> Optional.ofNullable(toldBefore.get(key)), time, time, new Listener() {
                    @Override
                    public void attempted(String model, String target, Outcome outcome) {}

                    @Override
                    public void told(TargetStatus status, Route route, boolean news) {
                        told.add(status);
                        lines += news ? 1 : 0;
                    }
                });
    }

    @Test
    void failureIsToldOnceTriedMoreSeldomAndDelaysNobodyElse() {
        fakes.get(ONE).failing = true;
        // when
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofMinutes(10));
        // then
        assertThat(told)
                .extracting(TargetStatus::target, TargetStatus::phase)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("webhook:one", Phase.FAILING),
                        org.assertj.core.groups.Tuple.tuple("webhook:two", Phase.APPLIED));
        // .5 s, 1 s, 2 s … 32 s make 63.5 s, then once a minute
        assertThat(fakes.get(ONE).attempts).isBetween(14, 18);
        fakes.get(ONE).failing = false;
        time.pass(Duration.ofMinutes(1));
        assertThat(last("webhook:one").phase()).isEqualTo(Phase.APPLIED);
    }

    @Test
    void newRouteIsTriedAtOnceHoweverLongThePause() {
        fakes.get(ONE).failing = true;
        applications.want(shared(1, "v1", "v2", 10));
        time.pass(Duration.ofMinutes(10));
        fakes.get(ONE).failing = false;
        // when
        applications.want(serves(2, "v1"));
        time.pass(Duration.ofMillis(1));
        // then
        assertThat(last("webhook:one"))
                .extracting(TargetStatus::revision, TargetStatus::phase)
                .containsExactly(2L, Phase.APPLIED);
    }

    @Test
    void routeThatComesDuringAnAttemptIsTriedRightAfterIt() {
        fakes.get(ONE).duringRoute = () -> {
            fakes.get(ONE).duringRoute = () -> {};
            applications.want(serves(2, "v2"));
        };
        // when
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofMillis(1));
        // then
        assertThat(fakes.get(ONE).routed).containsExactly(1L, 2L);
    }

    @Test
    void onlyTheNewestRouteCounts() {
        applications.want(serves(3, "v1"));
        applications.want(shared(2, "v1", "v2", 50));
        // when
        time.pass(Duration.ofSeconds(1));
        // then
        assertThat(fakes.get(ONE).routed).containsExactly(3L);
    }

    @Test
    void whatWasToldBeforeARestartIsNotToldAgain() {
        toldBefore.put(
                "loans/webhook:one", new TargetStatus("loans", "webhook:one", 1, Phase.APPLIED, Routes.T0, "in force"));
        // when: the target, which cannot be asked, is told once more
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofSeconds(1));
        // then
        assertThat(told).extracting(TargetStatus::target).contains("webhook:two");
        assertThat(told).extracting(TargetStatus::target).doesNotContain("webhook:one");
    }

    @Test
    void whatSomebodyElseChangedIsPutRightAndTold() {
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofSeconds(1));
        // when
        fakes.get(ONE).inForce = new Observed(1, 0, 0, 100, false);
        time.pass(Progress.LOOK_AGAIN);
        // then
        assertThat(last("webhook:one").reason()).startsWith("somebody had changed it; again in force");
        assertThat(fakes.get(ONE).routed).containsExactly(1L, 1L);
    }

    @Test
    void oneLookThatFailsIsNoNewsAndThreeAre() {
        specs.put("loans", List.of(ONE));
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofSeconds(1));
        fakes.get(ONE).unseen = 1;
        time.pass(Progress.LOOK_AGAIN);
        assertThat(told).extracting(TargetStatus::phase).containsExactly(Phase.APPLIED);
        // when
        fakes.get(ONE).unseen = 3;
        time.pass(Progress.LOOK_AGAIN.multipliedBy(2));
        // then
        assertThat(told).extracting(TargetStatus::phase).containsExactly(Phase.APPLIED, Phase.FAILING, Phase.APPLIED);
    }

    @Test
    void targetThatGoesToAndFroDoesNotFillTheLedger() {
        specs.put("loans", List.of(ONE));
        applications.want(serves(1, "v1"));
        // when: it fails for a minute, every two minutes, an hour long
        for (int i = 0; i < 30; i++) {
            time.pass(Duration.ofMinutes(1));
            fakes.get(ONE).unseen = 4;
            time.pass(Duration.ofMinutes(1));
        }
        // then: the status is always true, and each of its two phases has a line every ten minutes
        assertThat(told).hasSizeGreaterThan(50);
        assertThat(lines).isBetween(12, 14);
    }

    @Test
    void targetsFollowTheSpec() {
        specs.put("loans", List.of());
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofMinutes(1));
        assertThat(fakes.get(ONE).routed).isEmpty();
        // when
        specs.put("loans", List.of(ONE));
        time.pass(Applications.LOOK_AT_SPECS);
        // then
        assertThat(fakes.get(ONE).routed).containsExactly(1L);
        specs.put("loans", List.of(TWO));
        time.pass(Applications.LOOK_AT_SPECS);
        applications.want(serves(2, "v2"));
        time.pass(Applications.LOOK_AT_SPECS);
        assertThat(fakes.get(ONE).routed).containsExactly(1L);
        assertThat(fakes.get(TWO).routed).containsExactly(1L, 2L);
    }

    @Test
    void targetsOfAModelThatWasRemovedAreLeftWhenItsCandidateHasNoTrafficThere() {
        applications.want(shared(1, "v1", "v2", 50));
        time.pass(Duration.ofSeconds(1));
        // when
        fakes.get(TWO).failing = true;
        specs.remove("loans");
        time.pass(Applications.LOOK_AT_SPECS.multipliedBy(3));
        applications.want(serves(2, "v1"));
        time.pass(Applications.LOOK_AT_SPECS.multipliedBy(3));
        fakes.get(TWO).failing = false;
        time.pass(Duration.ofMinutes(5));
        // then
        assertThat(fakes.get(ONE).routed).containsExactly(1L, 2L);
        assertThat(fakes.get(TWO).routed).containsExactly(1L, 2L);
        int attempts = fakes.get(ONE).attempts + fakes.get(TWO).attempts;
        time.pass(Duration.ofHours(1));
        assertThat(fakes.get(ONE).attempts + fakes.get(TWO).attempts).isEqualTo(attempts);
    }

    @Test
    void specsThatAreNotKnownYetAreWaitedFor() {
        boolean[] known = {false};
        Applications early = applications(model -> {
            if (!known[0]) {
                throw new StartingException();
            }
            return Optional.of(List.of(ONE));
        });
        early.want(serves(1, "v1"));
        time.pass(Duration.ofMinutes(1));
        // when
        known[0] = true;
        time.pass(Applications.LOOK_AT_SPECS);
        // then
        assertThat(fakes.get(ONE).routed).containsExactly(1L);
    }

    @Test
    void modelsThatMovedToAnotherProcessAreLeftAlone() {
        applications.want(serves(1, "v1"));
        time.pass(Duration.ofSeconds(1));
        int attempts = fakes.get(ONE).attempts;
        // when
        applications.forget("loans"::equals);
        time.pass(Duration.ofHours(1));
        // then
        assertThat(fakes.get(ONE).attempts).isEqualTo(attempts);
    }

    private TargetStatus last(String target) {
        return told.stream()
                .filter(status -> status.target().equals(target))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static final class Fake implements ServingTarget {
        private final List<Long> routed = new ArrayList<>();
        private Observed inForce = Observed.NOTHING;
        private boolean failing;
        private int attempts;
        private int unseen;
        private Runnable duringRoute = () -> {};

        @Override
        public Observed wanted(Route route) {
            return Observed.of(route);
        }

        @Override
        public Observed observe(Route route) {
            if (unseen > 0) {
                unseen--;
                throw new TargetException("nobody answers");
            }
            return inForce;
        }

        @Override
        public Readiness ready(Route route, Route.Target version, double percentNow) {
            return Readiness.DONE;
        }

        @Override
        public void route(Route route) {
            attempts++;
            duringRoute.run();
            if (failing) {
                throw new TargetException("it is broken");
            }
            routed.add(route.revision());
            inForce = Observed.of(route);
        }

        @Override
        public Readiness scale(Route route) {
            return Readiness.DONE;
        }
    }
}
