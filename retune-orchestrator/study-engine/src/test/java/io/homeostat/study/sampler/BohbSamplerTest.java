package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.StepValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BohbSamplerTest extends SamplerContract {
    private static final Instant NOW = Instant.EPOCH;
    private static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < 4; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        return Space.parse(map);
    }

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("bohb").sampler();
    }

    private static double distance(Configuration configuration) {
        double[] x = SPACE.toUnit(configuration);
        double sum = 0;
        for (int j = 0; j < 4; j++) {
            sum += (x[j] - 0.2 - 0.1 * j) * (x[j] - 0.2 - 0.1 * j);
        }
        return sum;
    }

    /** The distance of the best complete trial after 80 trials of up to 27 steps that Hyperband stops. */
    private static double best(String sampler, long seed) {
        StudySpec spec = StudySpec.of("s", SPACE, Objective.minimize("loss"))
                .withSampler(sampler)
                .withPruner("hyperband")
                .withBudget(Budget.trials(80).withFullStep(27))
                .withSeed(seed);
        StudyState state = Study.start(spec, List.of(), NOW);
        while (!Study.isDone(state, NOW).done()) {
            var asked = Study.ask(state, NOW);
            state = trained(asked.state(), asked.trial().orElseThrow());
        }
        return distance(Results.best(state).orElseThrow().configuration());
    }

    private static StudyState trained(StudyState asked, Trial trial) {
        StudyState state = asked;
        double end = distance(trial.configuration());
        SplittableRandom noise = new SplittableRandom(trial.number());
        for (int step = 1; step <= 27; step++) {
            double value = end + (2 + noise.nextDouble()) / step;
            var reported = Study.report(state, trial.number(), 1, step, value, NOW);
            state = reported.state();
            if (reported.decision().prune()) {
                return state;
            }
        }
        return Study.tell(state, trial.number(), TrialResult.value(end), NOW).state();
    }

    @Test
    void withHyperbandItComesNearerThanChance() {
        double bohb = 0;
        double random = 0;
        for (long seed = 0; seed < 15; seed++) {
            // when
            bohb += best("bohb", seed);
            random += best("random", seed);
        }

        // then
        assertThat(bohb).isLessThan(random / 2);
    }

    /** Trials 0, 1, … of which the first have reported at step 9 too, the others were stopped at step 3. */
    private static History stopped(int trials, int reachedNine) {
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        for (int i = 0; i < trials; i++) {
            Configuration point = SPACE.sample(new SplittableRandom(i));
            List<StepValue> steps = new ArrayList<>(List.of(new StepValue(3, 100 - i)));
            if (i < reachedNine) {
                steps.add(new StepValue(9, i));
            }
            double last = steps.get(steps.size() - 1).value();
            history = history.plus(
                    FinishedTrial.of(i, point, Outcome.PRUNED, new double[] {last}, new double[0], steps, Map.of()));
        }
        return history;
    }

    private static String reason(History history, long seed) {
        BudgetLeft left = new BudgetLeft(
                OptionalInt.of(50),
                OptionalInt.of(50),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(81));
        return SamplerSpec.parse(Map.of("bohb", Map.of("randomShare", 0)))
                .sampler()
                .suggest(new SamplerRequest(history, List.of(), seed, history.size(), left, 1))
                .reason();
    }

    @Test
    void theHighestRungWithEnoughTrialsHasTheWord() {
        assertThat(reason(stopped(17, 17), 1)).isEqualTo("random: too few trials have a value on any rung");
        assertThat(reason(stopped(21, 17), 1))
                .startsWith("bohb: 3 of 21 trials")
                .endsWith(", by the values at step 3");
        assertThat(reason(stopped(30, 18), 1))
                .startsWith("bohb: 2 of 18 trials")
                .endsWith(", by the values at step 9");

        History history = stopped(30, 18);
        for (int i = 30; i < 48; i++) {
            List<StepValue> steps = List.of(new StepValue(3, 1), new StepValue(81, i));
            history = history.plus(FinishedTrial.complete(i, SPACE.sample(new SplittableRandom(i)), i)
                    .withSteps(steps));
        }
        assertThat(reason(history, 1)).endsWith(", of complete trials");
    }

    @Test
    void goodIsWhoIsGoodOnTheRungNotAtItsEnd() {
        // given: at step 3 later trials are better, at step 9 earlier ones are
        History history = stopped(30, 20);
        Rungs rungs = new Rungs(3, 3);

        // then
        assertThat(history.derive(new RungRanking.Of(rungs, 0))
                        .among(history, 0)
                        .trials())
                .containsExactly(27, 28, 29);
        assertThat(history.derive(new RungRanking.Of(rungs, 1))
                        .among(history, 0)
                        .trials())
                .containsExactly(0, 1);
        assertThat(history.derive(new RungRanking.Of(rungs, 2)).size()).isZero();
    }

    @Test
    void someAreRandomAllAlong() {
        // given
        History history = stopped(40, 0);

        // when
        long random = 0;
        for (int seed = 0; seed < 300; seed++) {
            String reason = sampler()
                    .suggest(new SamplerRequest(history, List.of(), seed, 40, BudgetLeft.UNLIMITED, 1))
                    .reason();
            random += reason.startsWith("random: one of those") ? 1 : 0;
        }

        // then
        assertThat(random).isBetween(30L, 60L);
    }
}
