package io.homeostat.study.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.trial.StepValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
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
        assertThat(Study.best(told.state())).isEmpty();
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
        assertThat(Study.best(told.state()).orElseThrow().number()).isZero();
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
        List<Trial> best = Study.bestK(state, 2);
        StudySummary summary = StudySummary.of(state);

        // then
        assertThat(best).extracting(Trial::number).containsExactly(1, 2);
        assertThat(summary.best()).contains(best.get(0));
        assertThat(summary.counts()).containsEntry(TrialState.COMPLETE, 3).containsEntry(TrialState.FAILED, 0);
        assertThat(summary.history())
                .extracting(StudySummary.HistoryPoint::bestSoFar)
                .containsExactly(0.5, 0.9, 0.9);
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
        assertThatThrownBy(() -> spec(LINE, 1, 0)).hasMessage("study.parallel: 0 is not in [1, 1000].");
        assertThatThrownBy(() -> Goal.parse("up")).hasMessage("goal: \"up\" is not known. Write minimize or maximize.");
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @SuppressWarnings("unchecked")
    private static StudyState written(StudyState state) {
        try {
            return StudyRecord.read(MAPPER.readValue(MAPPER.writeValueAsString(StudyRecord.write(state)), Map.class));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Four workers in an order drawn from the seed; the state may be written and read after every event. */
    private static StudyState play(long seed, UnaryOperator<StudyState> between) {
        Space space = Space.parse(Map.of(
                "x", Map.of("float", List.of(0, 1)),
                "n", Map.of("int", List.of(1, 100), "log", true),
                "k", Map.of("categorical", List.of("a", 2, true))));
        SplittableRandom random = new SplittableRandom(seed);
        StudyState state = Study.start(spec(space, 40, 4), List.of(new Enqueued(space.middle(), "champion")), T0);
        while (!Study.isDone(state, T0).done()) {
            state = between.apply(Study.ask(state, T0).state());
            List<Trial> open = new ArrayList<>(state.open());
            Trial trial = open.get(random.nextInt(open.size()));
            double value = (Double) trial.configuration().values().get("x") + random.nextDouble() / 10;
            int kind = random.nextInt(10);
            if (kind < 8) {
                state = Study.report(state, trial.number(), 1, trial.steps().size() + 1, value, T0)
                        .state();
            } else {
                TrialResult result = kind == 9 ? TrialResult.failed("bad luck") : TrialResult.value(value);
                state = Study.tell(state, trial.number(), 1, result, Cost.cpu(5), T0)
                        .state();
            }
            state = between.apply(state);
        }
        return state;
    }

    @Test
    void theSameEventsGiveTheSameStudyAlsoWhenWrittenAndReadInBetween() {
        for (long seed = 0; seed < 5; seed++) {
            // when
            StudyState played = play(seed, state -> state);
            StudyState replayed = play(seed, state -> state);
            StudyState interrupted = play(seed, StudyTest::written);

            // then
            assertThat(replayed).isEqualTo(played);
            assertThat(interrupted).isEqualTo(played);
            assertThat(played.trials()).hasSize(40);
            assertThat(played.trials().stream().map(Trial::state))
                    .contains(TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAILED);
        }
    }
}
