package io.homeostat.study.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.PruneDecision;
import io.homeostat.study.pruner.Pruner;
import io.homeostat.study.pruner.PrunerRequest;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Space LINE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

    private static StudySpec spec(Space space, int trials, int parallel) {
        Objective objective = new Objective("auc", Goal.MAXIMIZE);
        return StudySpec.of("loans", space, objective)
                .withBudget(Budget.trials(trials))
                .withSeed(7)
                .withParallel(parallel);
    }

    private static StudyState study(int trials, int parallel) {
        return Study.start(spec(LINE, trials, parallel), List.of(), T0);
    }

    private static Configuration at(double x) {
        return LINE.validate(Map.of("x", x));
    }

    private static StudyState asked(StudyState state, int times) {
        StudyState next = state;
        for (int i = 0; i < times; i++) {
            next = Study.ask(next, T0).state();
        }
        return next;
    }

    private static StudyState told(StudyState state, int number, double value) {
        return Study.tell(state, number, 1, TrialResult.value(value), Cost.cpu(10), T0)
                .state();
    }

    @Test
    void enqueuedConfigurationsComeFirstInOrderThenTheSamplers() {
        // given
        List<Enqueued> enqueued = List.of(new Enqueued(at(0.3), "champion"), new Enqueued(at(0.6), "task loans-2"));
        StudyState state = Study.start(spec(LINE, 10, 3), enqueued, T0);

        // when
        StudyState next = asked(state, 3);

        // then
        assertThat(next.trials().get(0).configuration()).isEqualTo(at(0.3));
        assertThat(next.trials().get(0).origin()).isEqualTo(new Origin(Origin.Kind.ENQUEUED, "champion"));
        assertThat(next.trials().get(1).configuration()).isEqualTo(at(0.6));
        assertThat(next.trials().get(2).origin().kind()).isEqualTo(Origin.Kind.SAMPLED);
        assertThat(next.trials()).allMatch(trial -> trial.state() == TrialState.WAITING);
        assertThat(next.enqueued()).isEmpty();
    }

    @Test
    void theSameConfigurationEnqueuedTwiceIsOneTrialWithBothReasons() {
        // when
        StudyState state = Study.start(
                spec(LINE, 10, 1), List.of(new Enqueued(at(0.3), "champion"), new Enqueued(at(0.3), "task 2")), T0);

        // then
        assertThat(state.enqueued()).containsExactly(new Enqueued(at(0.3), "champion; task 2"));
    }

    @Test
    void anEnqueuedConfigurationOutsideTheSpaceIsRefused() {
        assertThatThrownBy(() -> Study.start(
                        spec(LINE, 1, 1), List.of(new Enqueued(new Configuration(Map.of("x", 2)), "old")), T0))
                .isInstanceOf(SpaceException.class)
                .hasMessage("configuration.x: 2.0 is out of range [0.0, 1.0].");
    }

    @Test
    void noMoreTrialsAreOpenThanMayBe() {
        // given
        StudyState state = asked(study(10, 2), 2);

        // when
        Asked third = Study.ask(state, T0);
        Asked afterAnEnd = Study.ask(told(state, 0, 0.5), T0);

        // then
        assertThat(third.trial()).isEmpty();
        assertThat(third.reason()).isEqualTo("2 trials are open, and no more may be at a time");
        assertThat(third.state()).isEqualTo(state);
        assertThat(afterAnEnd.trial().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void theBudgetEndsTheStudyOnceTheLastTrialHasEnded() {
        // given
        StudyState open = asked(told(asked(study(2, 1), 1), 0, 0.5), 1);

        // when
        Done before = Study.isDone(open, T0);
        Done after = Study.isDone(told(open, 1, 0.6), T0);

        // then
        assertThat(before).isEqualTo(new Done(false, "the budget of 2 trials is used up; 1 are open"));
        assertThat(after).isEqualTo(new Done(true, "the budget of 2 trials is used up"));
        assertThat(Study.ask(told(open, 1, 0.6), T0).trial()).isEmpty();
    }

    @Test
    void theWallTimeEndsTheStudyAtOnce() {
        // given
        StudySpec spec = spec(LINE, 100, 2).withBudget(Budget.trials(100).withWall(Duration.ofMinutes(20)));
        StudyState state = asked(Study.start(spec, List.of(), T0), 1);

        // when
        Done early = Study.isDone(state, T0.plusSeconds(1199));
        Done late = Study.isDone(state, T0.plusSeconds(1200));

        // then
        assertThat(early.done()).isFalse();
        assertThat(late).isEqualTo(new Done(true, "the wall time of PT20M is used up"));
        assertThat(Study.ask(state, T0.plusSeconds(1200)).trial()).isEmpty();
    }

    @Test
    void tenFailuresAndNothingElseEndTheStudy() {
        // given
        StudyState state = study(100, 1);
        for (int number = 0; number < 10; number++) {
            assertThat(Study.isDone(state, T0).done()).isFalse();
            state = Study.tell(asked(state, 1), number, 1, TrialResult.failed("no data"), Cost.cpu(1), T0)
                    .state();
        }

        // when
        Done done = Study.isDone(state, T0);

        // then
        assertThat(done).isEqualTo(new Done(true, "the first 10 trials all failed; the last: no data"));
    }

    @Test
    void aStudyThatWasGivenUpCanBeGoneOnWith() {
        // given
        StudyState failed = study(100, 1);
        for (int number = 0; number < 10; number++) {
            failed = Study.tell(asked(failed, 1), number, TrialResult.failed("no trainer"), T0)
                    .state();
        }

        // when
        StudyState mended = Study.goOn(failed, failed.spec().budget());

        // then
        assertThat(Study.isDone(failed, T0).done()).isTrue();
        assertThat(Study.isDone(mended, T0).done()).isFalse();
        assertThat(StudyRecord.read(StudyRecord.write(mended))).isEqualTo(mended);
        for (int number = 10; number < 20; number++) {
            assertThat(Study.isDone(mended, T0).done()).isFalse();
            mended = Study.tell(asked(mended, 1), number, TrialResult.failed("still none"), T0)
                    .state();
        }
        assertThat(Study.isDone(mended, T0).reason()).isEqualTo("the first 20 trials all failed; the last: still none");
    }

    @Test
    void goneOnWithNothingBetterIsWaitedForAgain() {
        // given
        StudySpec spec = spec(LINE, 100, 1).withStop(StopWhen.BUDGET_IS_USED_UP.withNoImprovementIn(3));
        StudyState state = Study.start(spec, List.of(), T0);
        for (int number = 0; number < 4; number++) {
            state = told(asked(state, 1), number, 1);
        }

        // when
        StudyState more = Study.goOn(state, spec.budget());

        // then
        assertThat(Study.isDone(state, T0).reason()).isEqualTo("none of the last 3 trials was an improvement");
        for (int number = 4; number < 7; number++) {
            assertThat(Study.isDone(more, T0).done()).isFalse();
            more = told(asked(more, 1), number, 1);
        }
        assertThat(Study.isDone(more, T0).done()).isTrue();
    }

    @Test
    void aFiniteSpaceIsDoneWhenEveryPointHasItsTrial() {
        // given
        Space three = Space.parse(Map.of("x", Map.of("int", List.of(1, 3))));
        StudyState state = Study.start(spec(three, 100, 1), List.of(), T0);
        for (int number = 0; number < 3; number++) {
            state = told(asked(state, 1), number, number);
        }

        // when
        Asked asked = Study.ask(state, T0);

        // then
        assertThat(asked.trial()).isEmpty();
        assertThat(Study.isDone(state, T0))
                .isEqualTo(new Done(true, "every point of the space has its trial, 3 in all"));
    }

    @Test
    void noisyValuesAreRepeatedBeforeAWinnerIsNamed() {
        // given: three points, of which the second is best, though the first was lucky once
        Space three = Space.parse(Map.of("x", Map.of("int", List.of(0, 2))));
        StudySpec spec = spec(three, 9, 1).withSampler("random").withRepeats(3, 3);
        StudyState state = Study.start(spec, List.of(), T0);
        int[] tries = new int[3];

        // when
        while (!Study.isDone(state, T0).done()) {
            Asked asked = Study.ask(state, T0);
            Trial trial = asked.trial().orElseThrow();
            int x = ((Long) trial.configuration().values().get("x")).intValue();
            double lucky = x == 0 && tries[x] == 0 ? 1 : -0.1 * x;
            tries[x]++;
            state = told(asked.state(), trial.number(), x == 1 ? 0.5 : lucky);
        }

        // then
        assertThat(tries).containsExactly(3, 3, 3);
        assertThat(Results.best(state).orElseThrow().configuration().values()).containsEntry("x", 0L);
        assertThat(Results.winner(state).orElseThrow().configuration().values()).containsEntry("x", 1L);
        assertThat(Results.winner(state).orElseThrow().trials()).isEqualTo(3);
    }

    @Test
    void aFiniteSpaceIsDoneWhenAllOfItWasTriedAndTheBestOftenEnough() {
        // given: more trials than four points and two more of each of the best two
        Space four = Space.parse(Map.of("x", Map.of("int", List.of(0, 3))));
        StudySpec spec = spec(four, 100, 1).withSampler("random").withRepeats(2, 3);
        StudyState state = Study.start(spec, List.of(), T0);
        int[] tries = new int[4];

        // when
        while (!Study.isDone(state, T0).done()) {
            Asked asked = Study.ask(state, T0);
            Trial trial = asked.trial().orElseThrow();
            int x = ((Long) trial.configuration().values().get("x")).intValue();
            tries[x]++;
            state = told(asked.state(), trial.number(), x);
        }

        // then
        assertThat(tries).containsExactlyInAnyOrder(3, 3, 1, 1);
        assertThat(Study.isDone(state, T0))
                .isEqualTo(new Done(true, "every point of the space has its trial, 4 in all"));
    }

    @Test
    void aResultIsCountedOnce() {
        // given
        StudyState state = told(asked(study(10, 1), 1), 0, 0.5);

        // when
        Told again = Study.tell(state, 0, 1, TrialResult.value(0.9), Cost.cpu(99), T0);
        Told newer = Study.tell(state, 0, 2, TrialResult.value(0.9), Cost.cpu(99), T0);
        Told unknown = Study.tell(state, 5, 1, TrialResult.value(0.9), Cost.cpu(99), T0);

        // then
        assertThat(again).isEqualTo(new Told(state, false, "trial 0 has ended as COMPLETE"));
        assertThat(newer).isEqualTo(new Told(state, false, "trial 0 has ended as COMPLETE"));
        assertThat(unknown).isEqualTo(new Told(state, false, "trial 5 is not known; there are 1"));
        assertThat(state.trials().get(0).value()).contains(0.5);
    }

    @Test
    void aNewerAttemptStartsTheTrialOverAndTheOlderIsIgnored() {
        // given
        StudyState state = asked(study(10, 1), 1);
        state = Study.report(state, 0, 1, 1, 0.1, T0).state();
        state = Study.report(state, 0, 1, 2, 0.2, T0).state();

        // when
        Reported second = Study.report(state, 0, 2, 1, 0.3, T0);
        Reported old = Study.report(second.state(), 0, 1, 3, 0.9, T0);
        Told oldResult = Study.tell(second.state(), 0, 1, TrialResult.value(0.9), Cost.cpu(1), T0);

        // then
        assertThat(second.state().trials().get(0).steps()).containsExactly(new StepValue(1, 0.3));
        assertThat(old.accepted()).isFalse();
        assertThat(old.state()).isEqualTo(second.state());
        assertThat(old.decision().prune()).isTrue();
        assertThat(old.decision().reason()).isEqualTo("attempt 1 of trial 0 was replaced by attempt 2");
        assertThat(oldResult.accepted()).isFalse();
    }

    @Test
    void aReportTwiceOrOutOfOrderChangesNothing() {
        // given
        StudyState state =
                Study.report(asked(study(10, 1), 1), 0, 1, 5, 0.5, T0).state();

        // when
        Reported again = Study.report(state, 0, 1, 5, 0.5, T0);

        // then
        assertThat(again.accepted()).isFalse();
        assertThat(again.state()).isEqualTo(state);
        assertThat(again.decision().prune()).isFalse();
        assertThat(again.decision().reason()).isEqualTo("step 5 does not come after step 5");
    }

    @Test
    void valuesThatAreNotFiniteFailTheTrial() {
        // given
        StudyState state = asked(study(10, 2), 2);

        // when
        Reported reported = Study.report(state, 0, 1, 3, Double.NaN, T0);
        Told told = Study.tell(state, 1, 1, TrialResult.value(Double.POSITIVE_INFINITY), Cost.cpu(5), T0);

        // then
        assertThat(reported.state().trials().get(0).failure()).contains("value NaN at step 3 is not a finite number");
        assertThat(reported.decision().prune()).isTrue();
        assertThat(told.state().trials().get(1).state()).isEqualTo(TrialState.FAILED);
        assertThat(told.state().trials().get(1).value()).isEmpty();
        assertThat(told.reason()).isEqualTo("trial 1 is FAILED: value Infinity is not a finite number");
        assertThat(Results.best(told.state())).isEmpty();
    }

    @Test
    void aPrunedTrialEndsAtOnceWithItsValueAndItsCostIsAddedLater() {
        // given
        StudyState state = study(10, 1);
        for (int number = 0; number < 5; number++) {
            state = Study.report(asked(state, 1), number, 1, 1, 0.7, T0).state();
            state = told(state, number, 0.7);
        }

        // when
        Reported reported = Study.report(asked(state, 1), 5, 1, 1, 0.6, T0);
        Told told = Study.tell(reported.state(), 5, 1, TrialResult.value(0.6), Cost.cpu(44), T0);

        // then
        assertThat(reported.decision().prune()).isTrue();
        assertThat(reported.state().trials().get(5).state()).isEqualTo(TrialState.PRUNED);
        assertThat(reported.state().trials().get(5).value()).contains(0.6);
        assertThat(told.accepted()).isFalse();
        assertThat(told.state().trials().get(5))
                .isEqualTo(reported.state().trials().get(5).costing(Cost.cpu(44)));
        assertThat(Results.best(told.state()).orElseThrow().number()).isZero();
    }

    @Test
    void manyReportsAreThinnedAndTheNewestStays() {
        // given
        StudyState state = asked(study(10, 1), 1);

        for (int step = 1; step <= 1001; step++) {
            // when
            state = Study.report(state, 0, 1, step, step, T0).state();

            // then
            List<StepValue> steps = state.trials().get(0).steps();
            assertThat(steps).hasSizeLessThanOrEqualTo(Trial.MOST_STEPS);
            assertThat(steps.get(steps.size() - 1).step()).isEqualTo(step);
        }
        assertThat(state.trials().get(0).steps()).hasSizeGreaterThan(40);
    }

    @Test
    void longTrialsAreComparedOnTheFirstRungs() {
        // given: trials of very many reports
        StudySpec spec = spec(LINE, 10, 1).withPruner(Map.of("successive-halving", Map.of("minStep", 1, "factor", 4)));
        StudyState state = Study.start(spec, List.of(), T0);
        for (int number = 0; number < 5; number++) {
            state = asked(state, 1);
            for (int step = 1; step <= 5000; step++) {
                state = Study.report(state, number, 1, step, .5 + number / 10.0, T0)
                        .state();
            }
            state = told(state, number, .5 + number / 10.0);
        }
        StudyState last = asked(state, 1);

        for (int step : new int[] {1, 4, 16, 64, 256, 1024}) {
            // when
            Reported reported = Study.report(last, 5, 1, step, .1, T0);

            // then
            assertThat(reported.decision().prune())
                    .as(reported.decision().reason())
                    .isTrue();
            assertThat(reported.decision().reason()).contains("number 6 of the 6 trials on the rung at step " + step);
        }
    }

    @Test
    void whatAFailedTrialTookIsCountedWhenItsWorkerSaysSo() {
        // given: one diverges, and one is given up
        StudySpec spec = spec(LINE, 10, 2).withBudget(Budget.trials(10).withCpu(Duration.ofMillis(70)));
        StudyState state = asked(Study.start(spec, List.of(), T0), 2);
        StudyState diverged = Study.report(state, 0, 1, 1, Double.NaN, T0).state();
        StudyState silent =
                Study.expire(Study.begin(diverged, 1, 1, T0).state(), Duration.ofSeconds(60), T0.plusSeconds(60));

        // when
        Told told = Study.tell(silent, 0, 1, TrialResult.failed("diverged"), Cost.cpu(44), T0);
        Told late = Study.tell(told.state(), 1, 1, TrialResult.value(1), Cost.cpu(33), T0);

        // then
        assertThat(told.accepted()).isFalse();
        assertThat(late.accepted()).isFalse();
        assertThat(late.state().cost()).isEqualTo(Cost.cpu(77));
        assertThat(Study.isDone(late.state(), T0).reason()).isEqualTo("the processor time of PT0.07S is used up");
        assertThat(Study.tell(late.state(), 1, 1, TrialResult.value(1), Cost.cpu(33), T0)
                        .state())
                .isEqualTo(late.state());
    }

    @Test
    void aSilentWorkersTrialFails() {
        // given
        StudyState state =
                Study.begin(asked(study(10, 2), 2), 1, 1, T0.plusSeconds(50)).state();

        // when
        StudyState next = Study.expire(state, Duration.ofSeconds(60), T0.plusSeconds(60));

        // then
        assertThat(next.trials().get(0).failure()).contains("nothing was heard of it for PT1M");
        assertThat(next.trials().get(1).state()).isEqualTo(TrialState.RUNNING);
    }

    @Test
    void anEndedStudyIgnoresWhatComesLater() {
        // given
        StudyState ended = Study.end(asked(study(10, 2), 1), "superseded", T0);

        // when
        Told told = Study.tell(ended, 0, 1, TrialResult.value(1), Cost.cpu(1), T0);

        // then
        assertThat(told.accepted()).isFalse();
        assertThat(ended.trials().get(0).failure()).contains("the study ended before it: superseded");
        assertThat(Study.ask(ended, T0).reason()).isEqualTo("the study has ended: superseded");
        assertThat(Study.end(ended, "other", T0)).isSameAs(ended);
    }

    @Test
    void theBestHaveDifferentConfigurations() {
        // given
        List<Enqueued> enqueued = IntStream.of(3, 1, 2)
                .mapToObj(i -> new Enqueued(at(i / 10.0), "e" + i))
                .toList();
        StudyState state = asked(Study.start(spec(LINE, 10, 3), enqueued, T0), 3);
        state = told(told(told(state, 0, 0.5), 1, 0.9), 2, 0.9);

        // when
        List<Trial> best = Results.bestK(state, 2);
        StudySummary summary = StudySummary.of(state);

        // then
        assertThat(best).extracting(Trial::number).containsExactly(1, 2);
        assertThat(summary.best()).contains(best.get(0));
        assertThat(summary.counts()).containsEntry(TrialState.COMPLETE, 3).containsEntry(TrialState.FAILED, 0);
        assertThat(summary.history())
                .extracting(StudySummary.HistoryPoint::bestSoFar)
                .containsExactly(OptionalDouble.of(0.5), OptionalDouble.of(0.9), OptionalDouble.of(0.9));
        assertThat(summary.cpuMillis()).isEqualTo(30);
    }

    @Test
    void attributesAreKeptWithinBounds() {
        // given
        StudyState state = asked(study(1, 1), 1);

        // when
        TrialResult result = new TrialResult.Value(1, Map.of("artifact", "x".repeat(2000)));
        Trial trial = Study.tell(state, 0, 1, result, Cost.cpu(1), T0)
                .state()
                .trials()
                .get(0);

        // then
        assertThat(trial.attributes().get("artifact"))
                .hasSize(Trial.LONGEST_TEXT)
                .endsWith("...");
    }

    @Test
    void impossibleSpecsAreRefused() {
        assertThatThrownBy(() -> Budget.trials(0)).hasMessage("budget.trials: 0 is not in [1, 1000000].");
        assertThatThrownBy(() -> Budget.trials(1).withWall(Duration.ZERO))
                .hasMessage("budget.wall: PT0S is not above 0.");
        assertThatThrownBy(() -> Budget.trials(1).withCpu(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessage(
                        "budget.cpu: PT2562047788015215H30M7S is longer than 36500 days. Leave it out for no limit.");
        assertThatThrownBy(() -> spec(LINE, 1, 0)).hasMessage("study.parallel: 0 is not in [1, 1000].");
        assertThatThrownBy(() -> Goal.parse("up")).hasMessage("goal: \"up\" is not known. Write minimize or maximize.");
    }

    private static StudyState ran(StudySpec spec, TrialResult... results) {
        StudyState state = Study.start(spec, List.of(), T0);
        for (TrialResult result : results) {
            Asked asked = Study.ask(state, T0);
            int number = asked.trial().orElseThrow().number();
            state = Study.tell(asked.state(), number, result, T0).state();
        }
        return state;
    }

    @Test
    void theBestIsTheOneThatKeepsTheConstraints() {
        // given
        StudySpec spec = spec(LINE, 10, 1).withConstraints("memory");

        // when
        StudyState state = ran(
                spec,
                TrialResult.value(0.9).withConstraints(0.1),
                TrialResult.value(0.5).withConstraints(0),
                TrialResult.value(0.7).withConstraints(-1));

        // then
        assertThat(Results.bestK(state, 5)).extracting(Trial::number).containsExactly(2, 1);
        assertThat(state.trials().get(0).feasible()).isFalse();
        assertThat(Results.best(ran(spec, TrialResult.value(0.9).withConstraints(0.1))))
                .isEmpty();
    }

    @Test
    void severalObjectivesHaveAFrontAndNoPruner() {
        // given
        StudySpec spec = StudySpec.of("two", LINE, Objective.maximize("auc"), Objective.minimize("millis"))
                .withBudget(Budget.trials(10));

        // when
        StudyState state = ran(
                spec,
                TrialResult.value(0.9, 50),
                TrialResult.value(0.8, 10),
                TrialResult.value(0.7, 20),
                TrialResult.value(0.9));

        // then
        assertThat(Results.front(state)).extracting(Trial::number).containsExactly(0, 1);
        assertThat(state.trials().get(3).failure()).contains("1 values for the 2 objectives [auc, millis]");
        assertThat(spec.pruner().name()).isEqualTo("never");
        assertThatThrownBy(() -> spec.withPruner("median"))
                .hasMessage("study.pruner: median judges by one objective, and there are 2. Use never.");
        assertThatThrownBy(() -> spec.withStop(StopWhen.BUDGET_IS_USED_UP.withTarget(1)))
                .hasMessageStartingWith("study.stop.targetReached: is for one objective");
        assertThatThrownBy(() -> StudySpec.of("none", LINE)).hasMessage("study.objectives: 0 are not in [1, 10].");
        assertThatThrownBy(() -> StudySpec.of("twice", LINE, Objective.maximize("a"), Objective.maximize("a")))
                .hasMessage("study.objectives: [a, a] has a name twice.");
    }

    @Test
    void constraintValuesThatAreNotThereOrNotFiniteFailTheTrial() {
        // given
        StudySpec spec = spec(LINE, 10, 1).withConstraints("memory", "millis");

        // when
        StudyState state =
                ran(spec, TrialResult.value(0.9), TrialResult.value(0.9).withConstraints(0, Double.NEGATIVE_INFINITY));

        // then
        assertThat(state.trials().get(0).failure())
                .contains("0 constraint values for the 2 constraints [memory, millis]");
        assertThat(state.trials().get(1).failure()).contains("value -Infinity is not a finite number");
    }

    @Test
    void theProcessorTimeOfAllTrialsIsAddedUpAndEndsTheStudy() {
        // given
        StudySpec spec = spec(LINE, 100, 2)
                .withBudget(Budget.trials(100).withCpu(Duration.ofSeconds(1)).withGpu(Duration.ofSeconds(2)));
        StudyState state = asked(Study.start(spec, List.of(), T0), 2);

        // when
        StudyState half = Study.tell(state, 0, 1, TrialResult.value(1), new Cost(600, 100), T0)
                .state();
        StudyState cpu = Study.tell(half, 1, 1, TrialResult.value(1), new Cost(400, 100), T0)
                .state();
        StudyState gpu = Study.tell(half, 1, 1, TrialResult.value(1), new Cost(0, 1900), T0)
                .state();

        // then
        assertThat(half.cost()).isEqualTo(new Cost(600, 100));
        assertThat(Study.isDone(half, T0).done()).isFalse();
        assertThat(Study.isDone(cpu, T0)).isEqualTo(new Done(true, "the processor time of PT1S is used up"));
        assertThat(Study.isDone(gpu, T0)).isEqualTo(new Done(true, "the graphics processor time of PT2S is used up"));
        assertThat(Study.ask(cpu, T0).trial()).isEmpty();
        StudyState open = asked(half, 1);
        StudyState used = Study.tell(open, 1, 1, TrialResult.value(1), new Cost(400, 0), T0)
                .state();
        assertThat(Study.isDone(used, T0))
                .isEqualTo(new Done(false, "the processor time of PT1S is used up; 1 are open"));
    }

    @Test
    void theTargetEndsTheStudyAtOnce() {
        // given
        StudySpec spec = spec(LINE, 100, 2).withStop(StopWhen.BUDGET_IS_USED_UP.withTarget(0.9));
        StudyState state = asked(Study.start(spec, List.of(), T0), 2);

        // when
        StudyState below = told(state, 0, 0.899);
        StudyState reached = told(state, 1, 0.9);

        // then
        assertThat(Study.isDone(below, T0).done()).isFalse();
        assertThat(Study.isDone(reached, T0)).isEqualTo(new Done(true, "the target 0.9 is reached: trial 1 has 0.9"));
    }

    @Test
    void trialsThatBringNothingBetterEndTheStudy() {
        // given
        StudySpec spec = spec(LINE, 100, 1).withStop(StopWhen.BUDGET_IS_USED_UP.withNoImprovementIn(3));
        TrialResult[] results = {
            TrialResult.value(0.5),
            TrialResult.value(0.5),
            TrialResult.failed("bad luck"),
            TrialResult.value(0.6),
            TrialResult.value(0.1),
            TrialResult.value(0.6),
        };

        // when
        StudyState state = ran(spec, results);
        StudyState one = told(asked(state, 1), 6, 0.2);

        // then
        assertThat(Study.isDone(state, T0).done()).isFalse();
        assertThat(Study.isDone(one, T0)).isEqualTo(new Done(true, "none of the last 3 trials was an improvement"));
        assertThat(Study.isDone(
                        ran(spec, TrialResult.failed("a"), TrialResult.failed("b"), TrialResult.failed("c")), T0))
                .isEqualTo(new Done(true, "none of the last 3 trials was an improvement"));
    }

    @Test
    void aSamplerThatExpectsTooLittleEndsTheStudy() {
        // given
        StudySpec spec = spec(LINE, 100, 2).withStop(StopWhen.BUDGET_IS_USED_UP.withExpectedImprovementBelow(0.01));
        Sampler sampler = request -> new Suggestion(at(request.trialNumber() / 10.0), "mine")
                .withNotes(Map.of("generation", "3"))
                .expecting(0.02 / (1 + request.trialNumber()));
        StudyState state = Study.start(spec, List.of(), T0);

        // when
        Asked first = Study.ask(state, sampler, T0);
        Asked second = Study.ask(first.state(), sampler, T0);
        Asked third = Study.ask(told(second.state(), 0, 1), sampler, T0);

        // then
        assertThat(first.trial().orElseThrow().origin().notes()).isEqualTo(Map.of("generation", "3"));
        assertThat(second.trial()).isPresent();
        assertThat(third.trial()).isEmpty();
        String reason = "the expected improvement 0.006666666666666667 is below 0.01";
        assertThat(third.reason()).isEqualTo(reason);
        assertThat(Study.isDone(third.state(), T0)).isEqualTo(new Done(false, reason + "; 1 are open"));
        assertThat(Study.isDone(told(third.state(), 1, 1), T0)).isEqualTo(new Done(true, reason));
        assertThat(StudyRecord.read(StudyRecord.write(third.state()))).isEqualTo(third.state());
        assertThat(Study.ask(state, T0).trial()).isPresent();
    }

    @Test
    void aPointThatASamplerSuggestsIsBroughtIntoItsOneFormOrRefused() {
        // given
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0.1, 1), "step", 0.1)));
        StudyState state = Study.start(spec(space, 9, 1), List.of(), T0);
        Sampler careless = request -> new Suggestion(new Configuration(Map.of("x", 0.1 * 3)), "three tenths");
        Sampler outside = request -> new Suggestion(new Configuration(Map.of("x", 2)), "two");

        // when
        Asked asked = Study.ask(state, careless, T0);

        // then
        assertThat(asked.trial().orElseThrow().configuration()).isEqualTo(space.validate(Map.of("x", 0.3)));
        assertThatThrownBy(() -> Study.ask(state, outside, T0))
                .isInstanceOf(SpaceException.class)
                .hasMessage("configuration.x: 2.0 is out of range [0.1, 1.0].");
    }

    @Test
    void aSamplerSeesTheTrialsAndWhatIsLeft() {
        // given
        Budget budget = Budget.trials(10).withWall(Duration.ofSeconds(60)).withCpu(Duration.ofSeconds(1));
        StudySpec spec = spec(LINE, 10, 3).withBudget(budget.withFullStep(27));
        StudyState state = asked(Study.start(spec, List.of(), T0), 2);
        state = Study.report(state, 1, 1, 4, 0.5, T0).state();
        state = told(state, 0, 0.7);
        List<SamplerRequest> seen = new ArrayList<>();

        // when
        Study.ask(
                state,
                request -> {
                    seen.add(request);
                    return new Suggestion(at(0), "mine");
                },
                T0.plusSeconds(20));

        // then
        SamplerRequest request = seen.get(0);
        assertThat(request.finished()).extracting(FinishedTrial::value).containsExactly(0.7);
        assertThat(request.running()).extracting(RunningTrial::number).containsExactly(1);
        assertThat(request.running().get(0).steps()).containsExactly(new StepValue(4, 0.5));
        assertThat(request.trialNumber()).isEqualTo(2);
        assertThat(request.parallelism()).isEqualTo(3);
        assertThat(request.left())
                .isEqualTo(new BudgetLeft(
                        OptionalInt.of(8),
                        OptionalInt.of(1), // one trial took 20 of 60 s, and the other one goes on
                        Optional.of(Duration.ofSeconds(40)),
                        Optional.of(Duration.ofMillis(990)),
                        Optional.empty(),
                        OptionalLong.of(27)));
    }

    @Test
    void theRestOfTheTimeTellsHowManyTrialsAreToBeForeseen() {
        for (Budget budget : List.of(
                Budget.trials(1000).withCpu(Duration.ofSeconds(100)),
                Budget.trials(1000).withGpu(Duration.ofSeconds(100)),
                Budget.trials(1000).withWall(Duration.ofSeconds(100)),
                Budget.trials(24))) {
            // given: four trials that took 4 s each, and one that goes on
            StudyState state = Study.start(spec(LINE, 1, 2).withBudget(budget), List.of(), T0);
            for (int number = 0; number < 4; number++) {
                state = Study.ask(state, T0).state();
                state = Study.tell(state, number, 1, TrialResult.value(number), new Cost(4_000, 4_000), T0)
                        .state();
            }
            state = Study.ask(state, T0).state();

            // when
            BudgetLeft left = Stopping.left(state, T0.plusSeconds(16));

            // then
            assertThat(left.foreseen()).as("%s", budget).hasValue(budget.trials() == 24 ? 19 : 20);
        }
    }

    @Test
    void aPrunerSeesAllTrialsSteps() {
        // given
        StudyState state = asked(study(10, 3), 3);
        state = Study.report(state, 0, 1, 1, 0.1, T0).state();
        state = told(state, 0, 0.2);
        state = Study.report(state, 1, 1, 1, 0.3, T0).state();
        List<PrunerRequest> seen = new ArrayList<>();

        // when
        Pruner pruner = request -> {
            seen.add(request);
            return PruneDecision.stop("mine");
        };
        Reported reported = Study.report(state, 2, 1, 1, 0.4, pruner, T0);

        // then
        assertThat(seen.get(0).steps()).containsExactly(new StepValue(1, 0.4));
        assertThat(seen.get(0).completed()).containsExactly(List.of(new StepValue(1, 0.1)));
        assertThat(seen.get(0).running()).extracting(RunningTrial::number).containsExactly(1);
        assertThat(reported.state().trials().get(2).state()).isEqualTo(TrialState.PRUNED);
        assertThat(reported.state().history().get(1).steps()).containsExactly(new StepValue(1, 0.4));
    }

    @Test
    void aTrialMayBeEnqueuedAtAnyTimeAlsoASecondTime() {
        // given
        StudyState state = told(asked(Study.start(spec(LINE, 9, 1), List.of(new Enqueued(at(0.3), "a")), T0), 1), 0, 1);

        // when
        StudyState next = asked(Study.enqueue(state, new Enqueued(at(0.3), "again")), 1);

        // then
        assertThat(next.trials().get(1).configuration()).isEqualTo(at(0.3));
        assertThat(next.trials().get(1).origin()).isEqualTo(new Origin(Origin.Kind.ENQUEUED, "again"));
        assertThatThrownBy(() -> Study.enqueue(state, new Enqueued(new Configuration(Map.of("x", 3)), "bad")))
                .isInstanceOf(SpaceException.class);
    }

    @Test
    void whatIsEnqueuedIsTriedAlsoWhereNothingNewIsLeft() {
        // given
        Space two = Space.parse(Map.of("x", Map.of("int", List.of(1, 2))));
        StudyState all = told(told(asked(Study.start(spec(two, 9, 2), List.of(), T0), 2), 0, 1), 1, 2);

        // when
        StudyState again = Study.enqueue(all, new Enqueued(two.middle(), "again"));
        Asked asked = Study.ask(again, T0);

        // then
        assertThat(Study.isDone(all, T0).done()).isTrue();
        assertThat(Study.isDone(again, T0).done()).isFalse();
        assertThat(asked.trial().orElseThrow().configuration()).isEqualTo(two.middle());
        assertThat(Study.isDone(told(asked.state(), 2, 1), T0).reason())
                .isEqualTo("every point of the space has its trial, 2 in all");
    }

    @Test
    void trialsThatEndedElsewhereAreAddedAlsoWhereTheirPointsWereTried() {
        // given
        Space two = Space.parse(Map.of("x", Map.of("int", List.of(1, 2))));
        StudyState state = Study.start(spec(two, 5, 1), List.of(), T0);

        for (int i = 0; i < 5; i++) {
            // when
            Told told = Study.add(state, two.at(i % 2), TrialResult.value(i), "before", Cost.NONE, T0);

            // then
            assertThat(told.accepted()).as(told.reason()).isTrue();
            state = told.state();
        }
        // and those after many failures
        StudyState failed = study(12, 1);
        for (int i = 0; i < 12; i++) {
            TrialResult result = i < 11 ? TrialResult.failed("no") : TrialResult.value(1);
            failed = Study.add(failed, at(i / 12.0), result, "before", Cost.NONE, T0)
                    .state();
        }
        assertThat(Results.best(failed).orElseThrow().number()).isEqualTo(11);
    }

    @Test
    void aTrialThatEndedElsewhereCountsAsOneOfTheStudy() {
        // when
        Told told = Study.add(study(2, 1), at(0.4), TrialResult.value(0.8), "study 7", new Cost(9, 0), T0);
        Told second = Study.add(told.state(), at(0.5), TrialResult.failed("no"), "study 7", Cost.NONE, T0);
        Told third = Study.add(second.state(), at(0.6), TrialResult.value(1), "study 7", Cost.NONE, T0);

        // then
        assertThat(told.accepted()).isTrue();
        assertThat(told.state().trials().get(0).origin().kind()).isEqualTo(Origin.Kind.ADDED);
        assertThat(Results.best(told.state()).orElseThrow().value()).contains(0.8);
        assertThat(told.state().history().tried(at(0.4))).isTrue();
        assertThat(second.state().trials().get(1).state()).isEqualTo(TrialState.FAILED);
        assertThat(third.accepted()).isFalse();
        assertThat(third.reason()).isEqualTo("the budget of 2 trials is used up");
    }

    @Test
    void notesAreKeptAndReplacedByName() {
        // given
        StudyState state = asked(study(2, 1), 1);

        // when
        StudyState noted = Study.note(state, 0, Map.of("a", "1", "b", "2")).state();
        StudyState again = Study.note(told(noted, 0, 1), 0, Map.of("b", "3")).state();

        // then
        assertThat(again.trials().get(0).attributes()).isEqualTo(Map.of("a", "1", "b", "3"));
        assertThat(Study.note(state, 4, Map.of()).reason()).isEqualTo("trial 4 is not known; there are 1");
        assertThat(Study.isDone(again, T0)).isEqualTo(Study.isDone(told(noted, 0, 1), T0));
    }

    @Test
    void aTrialSaysWhoRanItAndWhen() {
        // given
        StudyState state = asked(study(2, 1), 1);

        // when
        StudyState begun = Study.begin(state, 0, 1, "w-1", T0.plusSeconds(5)).state();
        StudyState again = Study.begin(begun, 0, 2, "w-2", T0.plusSeconds(9)).state();
        Trial trial = Study.tell(again, 0, TrialResult.value(1), T0.plusSeconds(20))
                .state()
                .trials()
                .get(0);

        // then
        assertThat(begun.trials().get(0).begunAt()).contains(T0.plusSeconds(5));
        assertThat(trial.startedAt()).isEqualTo(T0);
        assertThat(trial.begunAt()).contains(T0.plusSeconds(9));
        assertThat(trial.endedAt()).contains(T0.plusSeconds(20));
        assertThat(trial.worker()).contains("w-2");
    }

    @Test
    void aSpaceOfOnePointIsDoneAfterOneTrialAndAConstantObjectiveWithItsBudget() {
        // given
        Space point = Space.parse(Map.of("x", Map.of("constant", 3)));

        // when
        StudyState one = ran(spec(point, 100, 1), TrialResult.value(1));
        StudyState constant = study(30, 1);
        for (int number = 0; number < 30; number++) {
            constant = told(asked(constant, 1), number, 7);
        }

        // then
        assertThat(Study.isDone(one, T0)).isEqualTo(new Done(true, "every point of the space has its trial, 1 in all"));
        assertThat(Study.isDone(constant, T0).reason()).isEqualTo("the budget of 30 trials is used up");
        assertThat(Results.best(constant).orElseThrow().number()).isZero();
        assertThat(Results.front(constant)).hasSize(1);
    }

    @Test
    void aStatePutTogetherFromItsTrialsIsTheSame() {
        // given
        StudyState state = study(20, 3);
        for (int number = 0; number < 9; number++) {
            state = told(asked(state, 1), number, number % 4);
        }
        List<Integer> endings =
                state.history().stream().map(trial -> trial.number()).toList();

        // when
        StudyState same = StudyState.of(state.spec(), state.trials(), endings, List.of(), T0);
        StudyState byTime = StudyState.of(state.spec(), state.trials(), List.of(), List.of(), T0);

        // then
        assertThat(same).isEqualTo(state).hasSameHashCodeAs(state);
        assertThat(byTime).isEqualTo(state);
        List<Trial> gap = state.trials().subList(1, 3);
        assertThatThrownBy(() -> StudyState.of(same.spec(), gap, List.of(), List.of(), T0))
                .hasMessage("study.trials[0]: has number 1.");
    }
}
