package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every pruner keeps to; its test extends this. */
public abstract class PrunerContract {
    private static final Space SPACE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
    private static final int FULL = 20;

    /** The pruner with its defaults. */
    protected abstract Pruner pruner();

    /** Values at the steps 1, 2, 3, … */
    protected static List<StepValue> curve(double... values) {
        List<StepValue> steps = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            steps.add(new StepValue(i + 1, values[i]));
        }
        return steps;
    }

    /** A request with complete trials only. */
    protected static PrunerRequest request(
            Goal goal, int number, List<StepValue> steps, List<List<StepValue>> complete) {
        List<FinishedTrial> finished = new ArrayList<>();
        for (List<StepValue> curve : complete) {
            finished.add(complete(finished.size(), curve));
        }
        return request(number, steps, History.of(SPACE, List.of(goal), finished), List.of());
    }

    private static PrunerRequest request(
            int number, List<StepValue> steps, History finished, List<RunningTrial> running) {
        return new PrunerRequest(running(number, steps), finished, running, 1, OptionalLong.of(FULL));
    }

    private static RunningTrial running(int number, List<StepValue> steps) {
        return new RunningTrial(number, SPACE.middle(), steps, Map.of());
    }

    private static FinishedTrial complete(int number, List<StepValue> steps) {
        double value = steps.get(steps.size() - 1).value();
        return FinishedTrial.complete(number, SPACE.middle(), value).withSteps(steps);
    }

    /** Trials that ended in all ways, their values in [0, 1). */
    private static List<FinishedTrial> trials(SplittableRandom random, int most) {
        List<FinishedTrial> trials = new ArrayList<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            int number = trials.size();
            List<StepValue> steps =
                    curve(random.doubles(random.nextInt(1, FULL)).toArray());
            StepValue last = steps.get(steps.size() - 1);
            trials.add(
                    switch (random.nextInt(5)) {
                        case 0 -> FinishedTrial.failed(number, SPACE.middle()).withSteps(steps);
                        case 1 ->
                            FinishedTrial.pruned(number, SPACE.middle(), last.value(), last.step())
                                    .withSteps(steps);
                        case 2 -> FinishedTrial.complete(number, SPACE.middle(), last.value());
                        default -> complete(number, curve(random.doubles(FULL).toArray()));
                    });
        }
        return trials;
    }

    private static List<RunningTrial> others(SplittableRandom random) {
        List<RunningTrial> running = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            running.add(
                    running(50 + i, curve(random.doubles(random.nextInt(FULL)).toArray())));
        }
        return running;
    }

    private static History history(Goal goal, List<FinishedTrial> trials) {
        return History.of(SPACE, List.of(goal), trials);
    }

    @Test
    void theDecisionDependsOnTheRequestOnlyWhateverItsOrderAndHasAReason() {
        for (long seed = 0; seed < 300; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            List<StepValue> steps =
                    curve(random.doubles(random.nextInt(1, FULL)).toArray());
            List<FinishedTrial> trials = trials(random, 30);
            List<RunningTrial> running = others(random);
            List<FinishedTrial> shuffled = new ArrayList<>(trials);
            Collections.shuffle(shuffled, new Random(seed));
            List<RunningTrial> backwards = new ArrayList<>(running);
            Collections.reverse(backwards);

            // when
            PruneDecision decision = pruner().decide(request(60, steps, history(Goal.MAXIMIZE, trials), running));
            PruneDecision again = pruner().decide(request(60, steps, history(Goal.MAXIMIZE, shuffled), backwards));

            // then
            assertThat(again).isEqualTo(decision);
            assertThat(decision.reason()).isNotBlank();
        }
    }

    @Test
    void whatWasFoundOutAboutEarlierTrialsChangesNoDecision() {
        for (long seed = 0; seed < 20; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            History grown = history(Goal.MINIMIZE, List.of());
            for (FinishedTrial trial : trials(random, 40)) {
                grown = grown.plus(trial);
                List<StepValue> steps =
                        curve(random.doubles(random.nextInt(1, FULL)).toArray());

                // when
                PruneDecision decision = pruner().decide(request(60, steps, grown, List.of()));
                PruneDecision fresh = pruner().decide(request(60, steps, history(Goal.MINIMIZE, grown), List.of()));

                // then
                assertThat(decision).isEqualTo(fresh);
            }
        }
    }

    @Test
    void theBestTrialIsNeverStopped() {
        for (long seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            List<FinishedTrial> trials = trials(random, 30);
            List<RunningTrial> running = others(random);
            for (int length = 1; length <= FULL; length++) {
                double[] values = new double[length];

                // when
                Arrays.fill(values, 2);
                PruneDecision up = pruner().decide(request(60, curve(values), history(Goal.MAXIMIZE, trials), running));
                Arrays.fill(values, -1);
                PruneDecision down =
                        pruner().decide(request(60, curve(values), history(Goal.MINIMIZE, trials), running));

                // then
                assertThat(up.prune()).as("up: %s", up.reason()).isFalse();
                assertThat(down.prune()).as("down: %s", down.reason()).isFalse();
            }
        }
    }

    @Test
    void nothingToCompareWithIsNoReasonToStop() {
        for (int length = 1; length <= FULL; length++) {
            // when
            PruneDecision first = pruner().decide(
                            request(0, curve(new double[length]), history(Goal.MINIMIZE, List.of()), List.of()));

            // then
            assertThat(first.prune()).as(first.reason()).isFalse();
        }
    }

    @Test
    void extremeAndEqualValuesAreNoObstacle() {
        // given
        double[] extremes = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0, 0, 0};
        List<FinishedTrial> trials = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double same = extremes[i % extremes.length];
            trials.add(complete(i, curve(same, same, same, same, same)));
        }

        for (double value : extremes) {
            // when
            PruneDecision decision =
                    pruner().decide(request(12, curve(value, value, value), history(Goal.MINIMIZE, trials), List.of()));

            // then
            assertThat(decision.reason()).isNotBlank();
        }
    }

    @Test
    void aHugeStepIsNoObstacle() {
        // given
        List<StepValue> far = List.of(new StepValue(0, 0.5), new StepValue(Long.MAX_VALUE, 0.5));
        List<FinishedTrial> trials = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            trials.add(complete(i, far));
        }

        // when
        PruneDecision decision = pruner().decide(request(8, far, history(Goal.MAXIMIZE, trials), List.of()));

        // then
        assertThat(decision.reason()).isNotBlank();
    }
}
