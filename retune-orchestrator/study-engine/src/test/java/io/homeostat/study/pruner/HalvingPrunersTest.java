package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Successive halving, ASHA, Hyperband and RUSH: those that compare trials on rungs. */
class HalvingPrunersTest {
    private static final Space SPACE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

    @Nested
    class SuccessiveHalvingContract extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return PrunerSpec.parse("successive-halving").pruner();
        }
    }

    @Nested
    class AshaStoppingContract extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return PrunerSpec.parse("asha").pruner();
        }
    }

    @Nested
    class AshaPromotionContract extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return PrunerSpec.parse(Map.of("asha", Map.of("kind", "promotion"))).pruner();
        }
    }

    @Nested
    class HyperbandContract extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return PrunerSpec.parse("hyperband").pruner();
        }
    }

    @Nested
    class RushContract extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return PrunerSpec.parse("rush").pruner();
        }
    }

    /** Trials pruned at step 4 with these values there. */
    private static History atStepFour(double... values) {
        List<FinishedTrial> trials = IntStream.range(0, values.length)
                .mapToObj(i -> FinishedTrial.pruned(i, SPACE.middle(), values[i], 4))
                .toList();
        return History.of(SPACE, List.of(Goal.MINIMIZE), trials);
    }

    private static PruneDecision decide(Object spec, int number, History finished, StepValue... steps) {
        RunningTrial trial = new RunningTrial(number, SPACE.middle(), List.of(steps), Map.of());
        return PrunerSpec.parse(spec)
                .pruner()
                .decide(new PrunerRequest(trial, finished, List.of(), 1, OptionalLong.of(37)));
    }

    private static StepValue at(long step, double value) {
        return new StepValue(step, value);
    }

    private static final double[] EIGHT = {.50, .51, .52, .53, .54, .55, .56, .57};

    @Test
    void successiveHalvingLetsTheBestQuarterGoOn() {
        assertThat(decide("successive-halving", 8, atStepFour(EIGHT), at(4, .505)))
                .isEqualTo(PruneDecision.goOn(
                        "0.505000 is number 2 of the 9 trials on the rung at step 4, of which the best 2 go on"));
        assertThat(decide("successive-halving", 8, atStepFour(EIGHT), at(4, .515)))
                .isEqualTo(PruneDecision.stop(
                        "0.515000 is number 3 of the 9 trials on the rung at step 4, of which the best 2 go on"));
    }

    @Test
    void ashaLetsAllGoOnUntilThereAreAsManyAsItsFactor() {
        assertThat(decide("asha", 2, atStepFour(.50, .52), at(4, .9)).prune()).isFalse();
        assertThat(decide("asha", 3, atStepFour(.50, .52, .54), at(4, .51)).prune())
                .isTrue();
        assertThat(decide("asha", 8, atStepFour(EIGHT), at(4, .515)).prune()).isFalse();
        assertThat(decide("asha", 8, atStepFour(EIGHT), at(4, .525)).prune()).isTrue();
    }

    @Test
    void runningTrialsCountOnTheirRungs() {
        // given
        List<RunningTrial> running = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            running.add(new RunningTrial(i, SPACE.middle(), List.of(at(4, i * .1), at(5, 9)), Map.of()));
        }
        RunningTrial trial = new RunningTrial(0, SPACE.middle(), List.of(at(4, .15)), Map.of());

        // when
        PruneDecision decision = PrunerSpec.parse("asha")
                .pruner()
                .decide(new PrunerRequest(trial, atStepFour(), running, 1, OptionalLong.of(37)));

        // then
        assertThat(decision.reason()).startsWith("0.150000 is number 2 of the 4 trials on the rung at step 4");
        assertThat(decision.prune()).isTrue();
    }

    @Test
    void betweenRungsNothingIsDecided() {
        assertThat(decide("asha", 8, atStepFour(EIGHT), at(4, .1), at(5, .9)))
                .isEqualTo(PruneDecision.goOn("step 5 is between the rungs at 4 and 16"));
        assertThat(decide(Map.of("asha", Map.of("minStep", 3)), 8, atStepFour(EIGHT), at(2, .9)))
                .isEqualTo(PruneDecision.goOn("step 2 is before the first rung at 3"));
    }

    @Test
    void aTrialThatSkipsTheRungsStepIsComparedAtItsFirstReportAfterIt() {
        assertThat(decide("asha", 8, atStepFour(EIGHT), at(3, .1), at(6, .9)).prune())
                .isTrue();
    }

    @Test
    void aTrialAtItsLastStepIsNotStopped() {
        // given
        List<FinishedTrial> done = IntStream.range(0, 9)
                .mapToObj(i -> FinishedTrial.complete(i, SPACE.middle(), .1).withSteps(List.of(at(37, .1))))
                .toList();

        // when
        PruneDecision decision =
                decide("asha", 9, History.of(SPACE, List.of(Goal.MINIMIZE), done), at(15, .1), at(37, .9));

        // then
        assertThat(decision).isEqualTo(PruneDecision.goOn("step 37 is the last"));
    }

    @Test
    void hyperbandComparesWithinTheBracket() {
        // given
        HyperbandPruner.Brackets brackets = new HyperbandPruner.Brackets(1, 4, 3);
        int[] counts = new int[4];

        // when
        IntStream.range(0, 10_000).forEach(i -> counts[brackets.of(i)]++);

        // then: 27, 9·4/3, 3·4/2, 4 of 49
        assertThat(counts[0] / 10_000.0).isBetween(.54, .56);
        assertThat(counts[1] / 10_000.0).isBetween(.235, .255);
        assertThat(counts[2] / 10_000.0).isBetween(.115, .13);
        assertThat(counts[3] / 10_000.0).isBetween(.075, .09);

        // and: a trial of the last bracket is compared from step 27 on, with its like only
        int last = IntStream.range(100, 200)
                .filter(i -> brackets.of(i) == 3)
                .findFirst()
                .orElseThrow();
        assertThat(decide("hyperband", last, atStepFour(EIGHT), at(4, .9)))
                .isEqualTo(PruneDecision.goOn("bracket 3 of 4: step 4 is before the first rung at 27"));
        int first = IntStream.range(100, 200)
                .filter(i -> brackets.of(i) == 0)
                .findFirst()
                .orElseThrow();
        long alike = IntStream.range(0, 8).filter(i -> brackets.of(i) == 0).count();
        assertThat(decide("hyperband", first, atStepFour(EIGHT), at(3, .1), at(4, .9))
                        .reason())
                .startsWith("bracket 0 of 4");
        assertThat(decide("hyperband", first, atStepFour(EIGHT), at(4, .9)).reason())
                .contains("of the " + (alike + 1) + " trials on the rung at step 3");
    }

    @Test
    void rushStopsWhatIsWorseThanTheIncumbents() {
        // given
        Object rush = Map.of("rush", Map.of("incumbents", 2));
        History past = atStepFour(.30, .40);

        // then
        assertThat(decide(rush, 2, past, at(4, .31)))
                .isEqualTo(PruneDecision.stop(
                        "0.310000 is worse than the hurdle 0.300000, the incumbents' best on the rung at step 4"));
        assertThat(decide(rush, 2, past, at(4, .30)).prune()).isFalse();
        assertThat(decide(rush, 1, atStepFour(.30), at(4, .31)).reason()).startsWith("an incumbent sets the hurdles");
        assertThat(decide(rush, 2, past, at(16, .9)).reason()).startsWith("no hurdle on the rung at step 16");
    }

    @Test
    void theFirstRungIsA25thOfTheFullStep() {
        assertThat(Rungs.of(OptionalLong.empty(), OptionalLong.empty(), 4).minStep())
                .isEqualTo(1);
        assertThat(Rungs.of(OptionalLong.empty(), OptionalLong.of(51), 4).minStep())
                .isEqualTo(2);
        assertThat(Rungs.of(OptionalLong.empty(), OptionalLong.of(500), 4).minStep())
                .isEqualTo(20);
        assertThat(Rungs.of(OptionalLong.of(3), OptionalLong.of(500), 4).step(2))
                .isEqualTo(48);
        assertThat(new Rungs(1, 4).last(Long.MAX_VALUE)).isEqualTo(31);
        assertThat(new Rungs(1, 4).step(40)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aResumedTrialIsNotCountedTwiceOnTheRungsItLeftBehind() {
        // given
        Rungs rungs = new Rungs(1, 4);
        List<StepValue> steps = List.of(at(5, .5), at(16, .4));
        Map<String, String> notes = Map.of(Rungs.FROM_STEP, "4");

        // then
        assertThat(rungs.value(steps, notes, 0)).isEmpty();
        assertThat(rungs.value(steps, notes, 1)).isEmpty();
        assertThat(rungs.value(steps, notes, 2)).hasValue(.4);
        assertThat(rungs.value(steps, Map.of(), 1)).hasValue(.5);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> PrunerSpec.parse(Map.of("asha", Map.of("factor", 1))))
                .hasMessage("pruner.asha.factor: 1 is not in [2, 100].");
        assertThatThrownBy(() -> PrunerSpec.parse(Map.of("asha", Map.of("kind", "waiting"))))
                .hasMessage("pruner.asha.kind: waiting is not one of stopping, promotion.");
        assertThatThrownBy(() -> PrunerSpec.parse(Map.of("hyperband", Map.of("minStep", 10, "fullStep", 5))))
                .hasMessageStartingWith("pruner.hyperband.fullStep: 5 is not in [10, ");
        assertThatThrownBy(() -> PrunerSpec.parse(Map.of("rush", Map.of("eta", 3))))
                .hasMessage("pruner.rush.eta: is not known. Known here: factor, incumbents, minStep.");
    }
}
