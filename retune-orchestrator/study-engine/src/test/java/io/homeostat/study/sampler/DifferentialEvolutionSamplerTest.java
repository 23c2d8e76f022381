package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferentialEvolutionSamplerTest extends SamplerContract {
    private static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < 4; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        map.put("kind", Map.of("categorical", List.of("a", "b", "c")));
        return Space.parse(map);
    }

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("de").sampler();
    }

    private static double loss(Configuration configuration) {
        double[] x = SPACE.toUnit(configuration);
        double sum = configuration.values().get("kind").equals("b") ? 0 : 0.1;
        for (int j = 0; j < 4; j++) {
            sum += (x[j] - 0.2 - 0.1 * j) * (x[j] - 0.2 - 0.1 * j);
        }
        return sum;
    }

    private static History study(Object written, long seed, int trials, int workers) {
        Sampler sampler = SamplerSpec.parse(written).sampler();
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        List<RunningTrial> running = new ArrayList<>();
        for (int number = 0; history.size() < trials; number++) {
            BudgetLeft left = BudgetLeft.trials(Math.max(0, trials - number));
            Suggestion next = sampler.suggest(new SamplerRequest(history, running, seed, number, left, workers));
            running.add(new RunningTrial(number, next.configuration(), List.of(), next.notes()));
            if (running.size() == workers) {
                RunningTrial ended = running.remove((int) ((seed + number) % workers));
                double loss = loss(ended.configuration());
                history = history.plus(FinishedTrial.complete(ended.number(), ended.configuration(), loss)
                        .withNotes(ended.notes()));
            }
        }
        return history;
    }

    private static double meanBest(Object written, int workers) {
        double sum = 0;
        for (long seed = 0; seed < 10; seed++) {
            History history = study(written, seed, 150, workers);
            sum += history.get(history.ranking().best()).value();
        }
        return sum / 10;
    }

    @Test
    void itComesMuchNearerThanChanceAlsoWithEightWorkers() {
        // when
        double random = meanBest("random", 1);

        // then
        assertThat(meanBest("de", 1)).isLessThan(random / 10);
        assertThat(meanBest("de", 8)).isLessThan(random / 2);
    }

    @Test
    void slotsAreServedInTurnAndTheFirstPointsAreSpread() {
        // when
        History history = study(Map.of("de", Map.of("population", 5)), 3, 12, 1);

        // then
        assertThat(history)
                .extracting(trial -> trial.notes().get("slot"))
                .containsExactly("0", "1", "2", "3", "4", "0", "1", "2", "3", "4", "0", "1");
    }

    @Test
    void aSlotIsHeldByItsBestTrialAndByTheNewerOneOfEquals() {
        // given: slot 1 of five
        History history = study(Map.of("de", Map.of("population", 5)), 3, 10, 1);
        Configuration point = SPACE.middle();
        FinishedTrial equal =
                FinishedTrial.complete(10, point, history.get(6).value()).withNotes(Map.of("slot", "1"));
        FinishedTrial worse = FinishedTrial.complete(11, point, 99).withNotes(Map.of("slot", "1"));
        FinishedTrial better = FinishedTrial.complete(12, point, -1).withNotes(Map.of("slot", "1"));
        FinishedTrial broken =
                FinishedTrial.complete(13, point, -2).withConstraints(1).withNotes(Map.of("slot", "1"));
        Slots.Of slots = new Slots.Of(5);
        int best = history.get(1).value() < history.get(6).value() ? 1 : 6;

        // then
        assertThat(history.derive(slots).holder(1)).isEqualTo(best);
        assertThat(history.plus(worse).derive(slots).holder(1)).isEqualTo(best);
        assertThat(history.plus(equal).derive(slots).holder(1)).isEqualTo(best == 6 ? 10 : 1);
        assertThat(history.plus(broken).plus(better).derive(slots).holder(1)).isEqualTo(11);
        assertThat(history.plus(FinishedTrial.failed(14, point)).derive(slots).next(List.of()))
                .isZero();
    }

    @Test
    void whereAllAgreeOnAChoiceItIsStillLeftNowAndThen() {
        // given: every slot holds "b"
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        for (int i = 0; i < 8; i++) {
            Configuration point = SPACE.fromUnit(new double[] {i / 8.0, 0.5, 0.5, 0.1 * i, 0.5});
            history = history.plus(FinishedTrial.complete(i, point, i));
        }
        Sampler sampler =
                SamplerSpec.parse(Map.of("de", Map.of("population", 8))).sampler();
        int others = 0;

        // when
        for (int number = 8; number < 208; number++) {
            Suggestion next =
                    sampler.suggest(new SamplerRequest(history, List.of(), number, number, BudgetLeft.UNLIMITED, 1));
            assertThat(next.reason()).isEqualTo("de: moved from trial 0, the best of slot 0");
            others += next.configuration().values().get("kind").equals("b") ? 0 : 1;
        }

        // then: a tenth is drawn anew, of which two thirds are another choice
        assertThat(others).isBetween(4, 25);
    }
}
