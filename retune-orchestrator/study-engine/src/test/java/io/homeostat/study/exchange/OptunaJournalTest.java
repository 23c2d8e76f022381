package io.homeostat.study.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Enqueued;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptunaJournalTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.005, 0.3), "log", true));
        map.put("share", Map.of("float", List.of(0.1, 1.05), "step", 0.1));
        map.put("width", Map.of("float", List.of(1, 100), "log", true, "step", 1));
        map.put("units", Map.of("int", List.of(32, 1024), "log", true, "step", 32));
        map.put("depth", Map.of("int", List.of(1, 12), "step", 2));
        map.put("shift", Map.of("normal", List.of(0, 2)));
        map.put("penalty", Map.of("lognormal", List.of(-3, 1), "step", 0.01));
        map.put("kernel", Map.of("categorical", List.of("rbf", "poly", true, 3), "weights", List.of(1, 2, 1, 1)));
        map.put("degree", Map.of("int", List.of(2, 5), "when", Map.of("kernel", "poly")));
        map.put("batch", Map.of("ordinal", List.of(16, 64, 256)));
        map.put("fixed", Map.of("constant", "x"));
        return Space.parse(map);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    /** Complete, pruned, failed, running and waiting trials, and an enqueued configuration. */
    static StudyState single() {
        StudySpec spec = StudySpec.of("a \"study\" für Optuna", SPACE, Objective.maximize("auc"))
                .withConstraints("bytes", "millis")
                .withSampler("random")
                .withPruner(Map.of("threshold", Map.of("lower", 0.2)))
                .withBudget(Budget.trials(50).withFullStep(10))
                .withSeed(-8946859428566631646L)
                .withParallel(10);
        StudyState state = Study.start(spec, List.of(new Enqueued(SPACE.middle(), "the champion's own")), START);
        for (int i = 0; i < 12; i++) {
            state = Study.ask(state, at(i)).state();
            state = Study.begin(state, i, 1, "worker-" + i % 2, at(i)).state();
            state = Study.report(state, i, 1, 3, i % 4 == 1 ? 0.1 : 0.5 + i / 100.0, at(i + 1))
                    .state();
            TrialResult result = i % 4 == 3
                    ? TrialResult.failed("out of memory")
                    : TrialResult.value(0.6 + i / 100.0).withConstraints(i - 5.0, -1);
            Cost cost = new Cost(100 * i, i);
            state = Study.tell(state, i, 1, result, cost, at(i + 2)).state();
            state = Study.note(state, i, Map.of("note", "round " + i)).state();
        }
        state = Study.ask(state, at(20)).state();
        state = Study.begin(state, 12, 1, at(21)).state();
        state = Study.ask(state, at(22)).state();
        return Study.enqueue(state, new Enqueued(SPACE.middle(), "once more"));
    }

    static StudyState several() {
        StudySpec spec = StudySpec.of("front", SPACE, Objective.maximize("auc"), Objective.minimize("millis"))
                .withSampler("random");
        StudyState state = Study.start(spec, List.of(), START);
        for (int i = 0; i < 8; i++) {
            state = Study.ask(state, at(i)).state();
            state = Study.tell(state, i, TrialResult.value(i * 0.1, i * i), at(i + 1))
                    .state();
        }
        return state;
    }

    @Test
    void whatIsWrittenAndReadBackIsTheSameStudy() {
        for (StudyState state : List.of(single(), several())) {
            // when
            String journal = OptunaJournal.write(state);
            StudyState read = OptunaJournal.of(journal).read(state.spec().name());

            // then
            assertThat(OptunaJournal.of(journal).studies())
                    .containsExactly(state.spec().name());
            assertThat(read).isEqualTo(state);
            assertThat(Study.ask(read, at(60))).isEqualTo(Study.ask(state, at(60)));
        }
    }

    private static final String DISTRIBUTION =
            "\"{\\\"name\\\": \\\"IntDistribution\\\", \\\"attributes\\\": {\\\"log\\\": false, \\\"step\\\": 1, \\\"low\\\": 0,"
                    + " \\\"high\\\": 9}}\"";

    private static String journal(String... lines) {
        String study = "{\"op_code\": 0, \"worker_id\": \"w\", \"study_name\": \"s\", \"directions\": [1]}\n";
        return study + String.join("\n", lines) + "\n";
    }

    private static String trial(int id, int x, int state, String values) {
        return String.join(
                "\n",
                "{\"op_code\": 4, \"worker_id\": \"w\", \"study_id\": 0, \"datetime_start\": \"2026-01-01T00:00:00.5\"}",
                "{\"op_code\": 5, \"worker_id\": \"w\", \"trial_id\": " + id
                        + ", \"param_name\": \"x\", \"param_value_internal\": " + x + ".0, \"distribution\": "
                        + DISTRIBUTION + "}",
                "{\"op_code\": 7, \"worker_id\": \"w\", \"trial_id\": " + id
                        + ", \"step\": 0, \"intermediate_value\": NaN}",
                "{\"op_code\": 7, \"worker_id\": \"w\", \"trial_id\": " + id
                        + ", \"step\": 1, \"intermediate_value\": 0.5}",
                "{\"op_code\": 6, \"worker_id\": \"w\", \"trial_id\": " + id + ", \"state\": " + state
                        + ", \"values\": " + values + ", \"datetime_complete\": \"2026-01-01T00:00:01\"}");
    }

    @Test
    void operationsOnTrialsThatEndedOrAreUnknownArePassedOver() {
        // when
        StudyState state = OptunaJournal.of(journal(
                        trial(0, 3, 1, "[0.25]"),
                        trial(0, 4, 1, "[0.5]"),
                        "{\"op_code\": 8, \"trial_id\": 7, \"user_attr\": {\"a\": 1}}",
                        "{\"op_code\": 4, \"study_id\": 5, \"datetime_start\": null}"))
                .read("s");

        // then
        Trial first = state.trials().get(0);
        assertThat(first.state()).isEqualTo(TrialState.COMPLETE);
        assertThat(first.values()).containsExactly(0.25);
        assertThat(first.configuration().values()).isEqualTo(Map.of("x", 3L));
        assertThat(first.steps()).hasSize(1);
        assertThat(first.startedAt()).isEqualTo("2026-01-01T00:00:00.500Z");
        assertThat(first.endedAt()).contains(Instant.parse("2026-01-01T00:00:01Z"));
    }

    @Test
    void whatHasNoFiniteValueHasFailed() {
        // when
        StudyState state = OptunaJournal.of(
                        journal(trial(0, 3, 1, "[Infinity]"), trial(1, 4, 2, "null"), trial(2, 5, 3, "null")))
                .read("s");

        // then
        assertThat(state.trials()).extracting(Trial::state).containsOnly(TrialState.FAILED);
        assertThat(state.trials().get(0).failure().orElseThrow()).contains("[Infinity] are not finite");
    }

    @Test
    void whatWasEnqueuedFromBeyondARangeHasFailedAndTheRestIsRead() {
        // given: Optuna warns of such a value and tries it all the same
        StudyState state = OptunaJournal.of(journal(trial(0, 3, 1, "[0.25]"), trial(1, 99, 1, "[0.125]")))
                .read("s");

        // then
        assertThat(Results.best(state).orElseThrow().number()).isZero();
        assertThat(state.trials().get(1).state()).isEqualTo(TrialState.FAILED);
        assertThat(state.trials().get(1).failure())
                .contains("it is no point of the space: configuration.x: 99 is out of range [0, 9].");
    }

    @Test
    void aLastLineThatIsStillWrittenIsPassedOverAndABrokenOneIsNamed() {
        assertThat(OptunaJournal.of(journal().stripTrailing() + "\n{\"op_co").studies())
                .containsExactly("s");
        assertThatThrownBy(() -> OptunaJournal.of(journal("{\"op_co")).studies())
                .hasMessage("journal line 2: character 7: '\"' is missing.");
        assertThatThrownBy(() -> OptunaJournal.of(journal("7")).studies())
                .hasMessage("journal line 2: is not an operation. Is this a journal of Optuna?");
        assertThatThrownBy(() -> OptunaJournal.of(journal("{\"op_code\": 12, \"trial_id\": 0}"))
                        .studies())
                .hasMessage("journal line 2: operation 12 is not known.");
        assertThatThrownBy(
                        () -> OptunaJournal.of(journal(trial(0, 3, 1, "[1]"))).read("t"))
                .hasMessage("journal: has no study \"t\". It has: s.");
    }

    @Test
    void moreReportsThanATrialKeepsAreThinned() {
        // given
        String many = String.join(
                "\n",
                IntStream.range(2, 400)
                        .mapToObj(i ->
                                "{\"op_code\": 7, \"trial_id\": 0, \"step\": " + i + ", \"intermediate_value\": 0.5}")
                        .toList());
        String[] lines = trial(0, 3, 1, "[1]").split("\n");

        // when
        StudyState state = OptunaJournal.of(journal(lines[0], lines[1], lines[2], lines[3], many, lines[4]))
                .read("s");

        // then
        assertThat(state.trials().get(0).steps()).hasSizeBetween(50, Trial.MOST_STEPS);
    }

    @Test
    void jsonIsWhatPythonWrites() {
        assertThat(Json.read("[1, -2.5e3, NaN, -Infinity, \"\\u00fc\\n\", {\"a\": null}, [], {}, true]"))
                .asString()
                .isEqualTo("[1, -2500.0, NaN, -Infinity, ü\n, {a=null}, [], {}, true]");
        assertThat(Json.write(Json.read("[1, 2.5, NaN, \"ü\\\"\", {\"a\": null}, [], {}, true]")))
                .isEqualTo("[1, 2.5, NaN, \"\\u00fc\\\"\", {\"a\": null}, [], {}, true]");
        for (String broken : List.of("", "[1", "{\"a\" 1}", "[1,]", "01x", "\"a", "\"\\x\"", "1 2", "[".repeat(200))) {
            assertThatThrownBy(() -> Json.read(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatMakesNoSenseIsNamedWithItsLine() {
        String choice = "{\"op_code\": 5, \"trial_id\": 0, \"param_name\": \"k\", \"param_value_internal\": 2,"
                + " \"distribution\": \"{\\\"name\\\": \\\"CategoricalDistribution\\\", \\\"attributes\\\":"
                + " {\\\"choices\\\": [1, 2]}}\"}";
        String step = choice.replace("Categorical", "Float")
                .replace("\\\"choices\\\": [1, 2]", "\\\"low\\\": 0," + " \\\"high\\\": 9, \\\"step\\\": \\\"x\\\"");
        String created = "{\"op_code\": 4, \"study_id\": 0}";
        assertThatThrownBy(() -> OptunaJournal.of(journal(created, choice)).studies())
                .hasMessage("journal line 3: 2.0 is not the index of a choice of [1, 2].");
        assertThatThrownBy(() -> OptunaJournal.of(journal(created, step)).read("s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step of ");
        assertThatThrownBy(() -> OptunaJournal.of(journal(created, choice.replace("[1, 2]", "[1, null, \\\"None\\\"]")))
                        .read("s"))
                .hasMessage("space.k: choice \"None\" is listed twice.");
    }

    @Test
    void aTrialWithoutItsConstraintsHasFailed() {
        // given
        String limits = "{\"op_code\": 9, \"trial_id\": 0, \"system_attr\": {\"constraints\": [-1, NaN]}}";
        String good = "{\"op_code\": 9, \"trial_id\": 1, \"system_attr\": {\"constraints\": [-1, 2]}}";
        String[] first = trial(0, 3, 1, "[1]").split("\n");
        String[] second = trial(1, 4, 1, "[1]").split("\n");

        // when
        StudyState state = OptunaJournal.of(journal(
                        first[0],
                        first[1],
                        limits,
                        first[4],
                        second[0],
                        second[1],
                        good,
                        second[4],
                        trial(2, 5, 1, "[1]")))
                .read("s");

        // then
        assertThat(state.trials())
                .extracting(Trial::state)
                .containsExactly(TrialState.FAILED, TrialState.COMPLETE, TrialState.FAILED);
        assertThat(state.trials().get(0).failure().orElseThrow()).startsWith("its constraints [-1.0, NaN] are not");
        assertThat(state.trials().get(1).feasible()).isFalse();
    }

    @Test
    void aParameterOfVeryManyValuesDecidesOnNoOther() {
        // given: there only where x, of 5000 values, is large; by chance
        String wide = DISTRIBUTION.replace("\\\"high\\\": 9", "\\\"high\\\": 5000");
        String more = trial(1, 4000, 1, "[1]").replace(DISTRIBUTION, wide);
        String own = more.split("\n")[1].replace("\"x\"", "\"y\"");
        String[] lines = more.split("\n");

        // when
        StudyState state = OptunaJournal.of(
                        journal(trial(0, 3, 1, "[1]").replace(DISTRIBUTION, wide), lines[0], lines[1], own, lines[4]))
                .read("s");

        // then
        assertThat(state.spec().space().names()).containsExactly("x", "y", "y.used");
        assertThat(state.trials().get(1).configuration().values())
                .isEqualTo(Map.of("x", 4000L, "y", 4000L, "y.used", true));
    }
}
