package io.homeostat.study.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InsightTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("x", Map.of("int", List.of(0, 1000)));
        map.put("kind", Map.of("categorical", List.of("plain", "poly")));
        map.put("degree", Map.of("int", List.of(2, 5), "when", Map.of("kind", "poly")));
        return Space.parse(map);
    }

    /** Accuracy, latency and processor time of each trial. */
    private static StudyState trials(double[]... rows) {
        StudySpec spec = StudySpec.of("s", SPACE, Objective.maximize("accuracy"), Objective.minimize("latency"))
                .withConstraints("bytes")
                .withSampler("random");
        StudyState state = Study.start(spec, List.of(), START);
        for (int i = 0; i < rows.length; i++) {
            state = Study.ask(state, START).state();
            state = Study.tell(
                            state,
                            i,
                            1,
                            TrialResult.value(rows[i][0], rows[i][1]).withConstraints(rows[i][3]),
                            Cost.cpu((long) rows[i][2]),
                            START.plusSeconds(i))
                    .state();
        }
        return state;
    }

    private static final StudyState FIVE = trials(
            new double[] {.95, 80, 900, 0},
            new double[] {.93, 45, 700, 0},
            new double[] {.91, 40, 500, 0},
            new double[] {.85, 10, 100, 0},
            new double[] {.96, 20, 50, 1});

    @Test
    void theCheapestWithinTheBoundsIsChosen() {
        // when
        Choice choice = ChoiceRule.parse("accuracy >= .90 and latency ≤ 50, then the cheapest")
                .choose(FIVE);

        // then: trial 4 is cheaper and better, but breaks a constraint
        assertThat(choice.trial().orElseThrow().number()).isEqualTo(2);
        assertThat(choice.reason())
                .isEqualTo(
                        "trial 2 has the best cpuMillis 500.0 of 2 of 4 complete trials that keep accuracy >= 0.9 and"
                                + " latency <= 50.0");
    }

    @Test
    void anObjectiveDecidesByItsGoalAndTheNextOneAmongEquals() {
        // given
        StudyState equals =
                trials(new double[] {.9, 30, 0, 0}, new double[] {.9, 20, 0, 0}, new double[] {.9, 20, 0, 0});

        // then
        assertThat(ChoiceRule.parse("latency <= 50, then accuracy")
                        .choose(FIVE)
                        .trial()
                        .orElseThrow()
                        .number())
                .isEqualTo(1);
        assertThat(ChoiceRule.parse("then accuracy, latency")
                        .choose(equals)
                        .trial()
                        .orElseThrow()
                        .number())
                .isEqualTo(1);
        assertThat(ChoiceRule.parse("then accuracy")
                        .choose(equals)
                        .trial()
                        .orElseThrow()
                        .number())
                .isEqualTo(1);
    }

    @Test
    void whereNoneFitsItIsSaidWhatComesNearest() {
        // when
        Choice choice = ChoiceRule.parse("accuracy >= 0.94 and latency <= 50, then cheapest")
                .choose(FIVE);

        // then
        assertThat(choice.trial()).isEmpty();
        assertThat(choice.reason())
                .isEqualTo("none of 4 complete trials keeps accuracy >= 0.94 and latency <= 50.0;"
                        + " nearest to accuracy >= 0.94 is trial 0 with 0.95;"
                        + " nearest to latency <= 50.0 is trial 1 with 45.0");
    }

    @Test
    void rulesAreReadWrittenAndRefusedWithAdvice() {
        ChoiceRule rule = ChoiceRule.parse("accuracy >= 0.9 and latency <= 50, then cpuMillis, accuracy");
        assertThat(ChoiceRule.parse(rule.toString())).isEqualTo(rule);
        assertThatThrownBy(() -> ChoiceRule.parse("accuracy >= 0.9"))
                .hasMessageStartingWith("rule: \"accuracy >= 0.9\" does not say what decides. Write for example");
        assertThatThrownBy(() -> ChoiceRule.parse("accuracy > 0.9, then latency"))
                .hasMessage("rule: \"accuracy > 0.9\" is not a bound."
                        + " Write a metric, >= or <=, and a number without a unit.");
        assertThatThrownBy(() -> ChoiceRule.parse("latency <= 50ms, then accuracy"))
                .hasMessage("rule: \"50ms\" in \"latency <= 50ms\" is not a number."
                        + " Leave the unit out: it is that of the metric.");
        assertThatThrownBy(() -> ChoiceRule.parse("auc >= 0.9, then latency").choose(FIVE))
                .hasMessage("rule: \"auc\" is not a metric of study \"s\"."
                        + " It has: accuracy, latency, cpuMillis, gpuMillis.");
    }

    /** Two workers; one trial is stopped at step 2 of 10. */
    private static StudyState pruned() {
        StudySpec spec = StudySpec.of("p", SPACE, Objective.minimize("loss"))
                .withSampler("random")
                .withPruner(Map.of("threshold", Map.of("upper", 1)))
                .withBudget(Budget.trials(10).withFullStep(10));
        StudyState state = Study.start(spec, List.of(), START);
        double[] losses = {.5, 2, .4, .45};
        for (int i = 0; i < losses.length; i++) {
            state = Study.ask(state, START).state();
            state = Study.begin(state, i, 1, i < 2 ? "a" : "b", START.plusSeconds(i))
                    .state();
            state = Study.report(state, i, 1, 2, losses[i], START).state();
            if (losses[i] < 1) {
                state = Study.report(state, i, 1, 10, losses[i], START).state();
            }
            state = Study.tell(
                            state,
                            i,
                            1,
                            TrialResult.value(losses[i]),
                            Cost.cpu(i == 1 ? 200 : 1000),
                            START.plusSeconds(i + 10))
                    .state();
        }
        return state;
    }

    @Test
    void whatWorkersContributed() {
        // when
        List<Contribution> workers = Contribution.of(pruned());

        // then
        assertThat(workers).extracting(Contribution::worker).containsExactly("a", "b");
        assertThat(workers.get(0).trials()).isEqualTo(Map.of(TrialState.COMPLETE, 1, TrialState.PRUNED, 1));
        assertThat(workers.get(0).best()).hasValue(.5);
        assertThat(workers).extracting(Contribution::improvements).containsExactly(1, 1);
        assertThat(workers).extracting(each -> each.cost().cpuMillis()).containsExactly(1200L, 2000L);
    }

    @Test
    void whatPruningSaved() {
        // when
        PruningSavings savings = PruningSavings.of(pruned());

        // then
        assertThat(savings).isEqualTo(new PruningSavings(1, 32, 8, 800));
        assertThat(savings.share()).isEqualTo(.2);
    }

    @Test
    void whatTheSearchReturned() {
        // when
        ReturnOnSearch search = ReturnOnSearch.of(pruned(), .6, 3000);

        // then: .2 × 3000 ÷ (3.2 s / 3600 s)
        assertThat(search.gain()).isEqualTo(.2, within(1e-12));
        assertThat(search.perHour()).isEqualTo(600 / (3.2 / 3600), within(1e-6));
        assertThat(ReturnOnSearch.of(pruned(), .1, 3000)).isEqualTo(new ReturnOnSearch(0, 3.2 / 3600, 0));
        assertThatThrownBy(() -> ReturnOnSearch.of(pruned(), Double.NaN, 1)).hasMessageContaining("not finite");
    }

    @Test
    void theHistoryOfTheBestLeavesOutWhatBreaksAConstraint() {
        // given
        Instant START = Instant.parse("2026-01-01T00:00:00Z");
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        StudyState state = Study.start(
                StudySpec.of("s", space, Objective.minimize("loss")).withConstraints("c"), List.of(), START);
        double[] values = {.1, .5, .2, .4};
        double[] limits = {1, 0, 1, -1};
        for (int i = 0; i < values.length; i++) {
            TrialResult result = TrialResult.value(values[i]).withConstraints(limits[i]);
            state = Study.tell(Study.ask(state, START).state(), i, result, START)
                    .state();
        }

        // when
        Object best = Plots.history(state).get("best");

        // then
        assertThat(best).isEqualTo(Arrays.asList(null, .5, .5, .4));
    }

    @Test
    void plotsAreColumnsThatJsonCanSay() throws Exception {
        StudyState state = pruned();
        assertThat(Plots.history(state))
                .isEqualTo(
                        Map.of("trial", List.of(0, 2, 3), "value", List.of(.5, .4, .45), "best", List.of(.5, .4, .4)));
        assertThat(Plots.edf(state))
                .isEqualTo(Map.of("value", List.of(.4, .45, .5), "share", List.of(1 / 3.0, 2 / 3.0, 1.0)));
        assertThat(Plots.intermediateValues(state)).hasSize(4);
        assertThat(Plots.intermediateValues(state).get(1))
                .isEqualTo(Map.of("trial", 1, "state", "pruned", "step", List.of(2L), "value", List.of(2.0)));
        assertThat(Plots.timeline(state).get(0))
                .isEqualTo(Map.of(
                        "trial", 0,
                        "state", "complete",
                        "worker", "a",
                        "from", "2026-01-01T00:00:00Z",
                        "to", "2026-01-01T00:00:10Z"));
        assertThat((List<?>) Plots.slice(state, "x").get("x")).hasSize(3);
        int poly = (int) state.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .filter(trial -> trial.configuration().value("degree").isPresent())
                .count();
        assertThat((List<?>) Plots.contour(state, "x", "degree").get("y")).hasSize(poly);
        assertThatThrownBy(() -> Plots.slice(state, "y")).hasMessage("space.y: is not in the space.");
        assertThat(Plots.pareto(FIVE).get("front")).isEqualTo(List.of(true, true, true, true, false));
        String json = new ObjectMapper().writeValueAsString(Plots.parallelCoordinates(FIVE));
        assertThat(new ObjectMapper().readTree(json).get("units")).hasSize(5);
        assertThat(new ObjectMapper().readTree(json).get("units").get(0)).hasSize(3);
    }
}
