package io.homeostat.metastore.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.Studies;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every format keeps, and what it says of a file that cannot be taken. */
class ExchangeTest {
    private static final Origin NOTHING = new Origin(null, null, null, Studies.T0);
    private static final Map<String, Object> SPACE = Map.of(
            "num_leaves", Map.of("int", List.of(4, 128)),
            "rate", Map.of("float", List.of(1e-7, 1.0), "log", true),
            "kernel", Map.of("categorical", List.of("rbf", "a, \"b\"\nc", "3", "true", "")));

    private static MetaRecord record(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> kernels = List.of("rbf", "a, \"b\"\nc", "3", "true", "");
        List<Evaluation> trials = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("kernel", kernels.get(random.nextInt(5)));
            parameters.put("num_leaves", (long) (4 + random.nextInt(100)));
            parameters.put("rate", Math.pow(10, -7 * random.nextDouble()));
            trials.add(new Evaluation(parameters, 1 - i / 10.0, random.nextInt(4) > 0 ? (Integer) i : null));
        }
        return new MetaRecord(
                "study " + number,
                "loans",
                "lightgbm",
                "auc",
                "maximize",
                Studies.T0.minusSeconds(number * 86_400L),
                Map.of("logRows", random.nextDouble() * 10, "skewnessMean", -1e-9),
                SPACE,
                trials.get(0).parameters(),
                trials.get(0).value(),
                trials,
                random.nextBoolean() ? (Integer) 20 : null,
                random.nextBoolean() ? (Long) 12_345L : null,
                random.nextBoolean() ? (Double) random.nextDouble() : null,
                random.nextBoolean() ? RolloutStatus.Phase.ROLLED_BACK : null);
    }

    private static String written(Format format, List<MetaRecord> records) throws IOException {
        StringWriter out = new StringWriter();
        format.write(records, out);
        return out.toString();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void readsWhatItWrote(Format format) throws IOException {
        for (long seed = 0; seed < 30; seed++) {
            List<MetaRecord> records = List.of(record(1, seed), record(2, seed + 1000), record(3, seed + 2000));

            // when
            Imported read = format.imported(written(format, records), NOTHING);

            // then
            assertThat(kept(read.records(), format)).as("seed " + seed).isEqualTo(kept(records, format));
            assertThat(read.passedOver()).isEmpty();
        }
    }

    /* A journal numbers its trials itself, and so knows how many there were. */
    private static String kept(List<MetaRecord> records, Format format) {
        String text = Json.text(records);
        return format == Format.OPTUNA
                ? text.replaceAll(",\"trial\":\\d+", "").replaceAll(",\"started\":\\d+", "")
                : text;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void saysThatThereIsNothing(Format format) {
        assertThatThrownBy(() -> format.imported("\n", NOTHING)).isInstanceOf(IllegalArgumentException.class);
    }

    private static final String GOOD =
            "{'taskId':'t','model':'m','trainer':'x','metric':'auc','goal':'maximize','at':'2026-01-01T00:00:00Z',"
                    + "'metaFeatures':{},'space':{},'bestParameters':{'a':1},'bestValue':0.9,"
                    + "'trials':[{'parameters':{'a':1},'value':0.9}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'value':0.9}|'value':'high'}|line 2: trials[0].value: 'high' is not a number",
                "'model':'m'|'model':'a b'|line 2: model: 'a b' is not a name",
                "'model':'m',||line 2: model: is missing",
                "'metaFeatures'|'metaFeature'|line 2: unknown key 'metaFeature'; did you mean 'metaFeatures'?",
                "{'taskId':'t'|{'taskId':'first'|line 2: taskId: 'first' stands in line 1 already",
                "{'taskId'|['taskId'|line 2: '['taskId':'t'",
            })
    void saysWhichLineIsWrong(String good, String bad, String problem) {
        String first = GOOD.replace("'t'", "'first'");
        String file = first + "\n" + GOOD;
        String[] lines = file.split("\n");
        lines[1] = lines[1].replace(good, bad == null ? "" : bad);

        assertThat(Format.JSONL.imported(file.replace('\'', '"'), NOTHING).records())
                .hasSize(2);
        String wrong = String.join("\n", lines).replace('\'', '"');
        assertThatThrownBy(() -> Format.JSONL.imported(wrong, NOTHING))
                .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'value':0.9}|'value':'NaN'}|trials[0].value: NaN is not a finite number",
                "'bestValue':0.9|'bestValue':'Infinity'|bestValue: Infinity is not a finite number",
                "'goal':'maximize'|'goal':'up'|goal: 'up' is not maximize or minimize",
                "'space':{}|'space':{'a':{'int':[9,1]}}|space.a: low 9 is above high 1",
                "'metaFeatures':{}|'metaFeatures':{'a':null}|metaFeatures.a: is missing",
                "'at':'2026|'at':'2062|at: 2062-01-01T00:00:00Z is in the future",
                "{'a':1},'value'|{'a':[1]},'value'|trials[0].parameters.a: [1] is not a finite number, a text",
                "{'a':1},'value'|{},'value'|trials[0].parameters: is empty",
                "'trials':[|'liveOutcome':'canary','trials':[|liveOutcome: 'CANARY' is not promoted,",
                "'trials':[{'parameters':{'a':1},'value':0.9}]|'trials':[]|trials: is empty",
            })
    void passesARecordOverThatNobodyCouldLearnFromAndTakesTheOthers(String good, String bad, String problem) {
        String file =
                GOOD.replace("'t'", "'first'") + "\n" + GOOD.replace(good, bad) + "\n" + GOOD.replace("'t'", "'last'");

        // when
        Imported read = Format.JSONL.imported(file.replace('\'', '"'), NOTHING);

        // then
        assertThat(read.records()).extracting(MetaRecord::taskId).containsExactly("first", "last");
        assertThat(read.passedOver()).singleElement().satisfies(passed -> {
            assertThat(passed.taskId()).isEqualTo("t");
            assertThat(passed.reason()).startsWith("line 2: " + problem);
        });
    }

    /* What the memory may hold, as topics are written by others, too. */
    private static List<MetaRecord> poisoned() {
        MetaRecord good = record(1, 1);
        List<Evaluation> odd = new ArrayList<>(good.trials());
        odd.add(new Evaluation(good.bestParameters(), Double.NaN, 91));
        odd.add(new Evaluation(good.bestParameters(), Double.NEGATIVE_INFINITY, 92));
        odd.add(new Evaluation(Map.of(), .5, 93));
        odd.add(new Evaluation(Map.of("a", List.of(1, 2)), .5, 94));
        return List.of(
                in(good, "good", good.space()),
                in(good.withTrials(odd), "odd", good.space()),
                in(good, "noSpace", Map.of("x", Map.of("float", List.of(2, 1)))),
                in(good.withLive(Double.NaN, null), "gain", good.space()),
                in(good.withLive(.1, RolloutStatus.Phase.SHADOW), "underway", good.space()),
                in(good.withEffort(-1, -1L), "effort", good.space()));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatTheMemoryExportsIsTakenAgainWhateverItHolds(Format format) throws IOException {
        // given
        RecordIndex memory = RecordIndex.of(poisoned());

        // when
        StringWriter file = new StringWriter();
        format.write(memory.all(model -> true, 0, 100), file);
        Imported read = format.imported(file.toString(), NOTHING);

        // then
        assertThat(memory.size()).isEqualTo(6);
        assertThat(read.records()).extracting(MetaRecord::taskId).containsExactlyInAnyOrder("good", "odd");
        assertThat(read.passedOver()).extracting(Imported.PassedOver::taskId).contains("gain", "underway", "effort");
        int kept = read.records().stream()
                .filter(record -> record.taskId().equals("odd"))
                .findFirst()
                .orElseThrow()
                .trials()
                .size();
        assertThat(kept).isGreaterThanOrEqualTo(good(format));
    }

    private static int good(Format format) {
        return format == Format.OPTUNA ? 1 : record(1, 1).trials().size();
    }

    @Test
    void readsATableOfOnesOwn() {
        String table = """
                task,model,trainer,metric,goal,at,value,parameter.C,parameter.kernel,feature.logRows
                a,loans,svm,auc,maximize,2026-01-01T00:00:00Z,.8,1e-3,rbf,8.5
                b,loans,svm,auc,maximize,2026-01-02T00:00:00Z,0.7,2,,
                a,loans,svm,auc,maximize,2026-01-01T00:00:00Z,.9,10.5,poly,8.5
                """;

        // when
        List<MetaRecord> records = Format.CSV.imported(table, NOTHING).records();

        // then
        assertThat(records).extracting(MetaRecord::taskId).containsExactly("a", "b");
        assertThat(records.get(0).trials())
                .containsExactly(
                        new Evaluation(Map.of("C", 10.5, "kernel", "poly"), .9, null),
                        new Evaluation(Map.of("C", 1e-3, "kernel", "rbf"), .8, null));
        assertThat(records.get(0).bestValue()).isEqualTo(.9);
        assertThat(records.get(0).metaFeatures()).isEqualTo(Map.of("logRows", 8.5));
        assertThat(records.get(1).trials().get(0).parameters()).isEqualTo(Map.of("C", 2L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "value,parameter.a|worth,parameter.a|line 1: value: there is no column of this name",
                "parameter.a|feature.a|line 1: parameter.: no column begins so",
                "goal,at|goal,at,colour|line 1: unknown column 'colour'",
                ".7,2|many,2|line 3: value: 'many' is not a number",
                ".7,2|.7|line 3: 7 cells stand below 8 columns",
                "up,x,auc,maximize,2026-01-01T00:00:00Z,.7|up,y,auc,maximize,2026-01-01T00:00:00Z,.7|line 3: trainer: 'y' is another"
                        + " value than 'x' in line 2 of the same task",
                "t,up|,up|line 2: task: is empty",
                ".8,1|\".8,1|line 2: the quote of a cell is not closed",
                "2026-01-01T00:00:00Z|yesterday|line 2: at: 'yesterday' is not a time like 2026-01-31T12:00:00Z",
            })
    void saysWhichLineOfATableIsWrong(String good, String bad, String problem) {
        String table = "task,model,trainer,metric,goal,at,value,parameter.a\n"
                + "t,up,x,auc,maximize,2026-01-01T00:00:00Z,.8,1\n"
                + "t,up,x,auc,maximize,2026-01-01T00:00:00Z,.7,2\n";
        assertThat(Format.CSV.imported(table, NOTHING).records()).hasSize(1);

        assertThatThrownBy(() -> Format.CSV.imported(table.replace(good, bad), NOTHING))
                .satisfies(e -> assertThat(e.getMessage()).startsWith(problem));
    }

    private static final String X =
            "\\\"name\\\": \\\"IntDistribution\\\", \\\"attributes\\\": {\\\"log\\\": false, \\\"step\\\": 1, \\\"low\\\": 0,"
                    + " \\\"high\\\": 9}";

    private static String study(int id, String name, String directions) {
        return "{\"op_code\": 0, \"worker_id\": \"w\", \"study_name\": \"" + name + "\", \"directions\": " + directions
                + "}\n";
    }

    private static String trial(int study, int id, int x, int state, String values) {
        return List.of(
                        "{\"op_code\": 4, \"worker_id\": \"w\", \"study_id\": " + study
                                + ", \"datetime_start\": \"2026-01-01T00:00:00\"}",
                        "{\"op_code\": 5, \"worker_id\": \"w\", \"trial_id\": " + id
                                + ", \"param_name\": \"x\", \"param_value_internal\": " + x + ", \"distribution\": \"{"
                                + X
                                + "}\"}",
                        "{\"op_code\": 6, \"worker_id\": \"w\", \"trial_id\": " + id + ", \"state\": " + state
                                + ", \"values\": " + values + ", \"datetime_complete\": \"2026-01-01T01:00:00\"}")
                .stream()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void readsStudiesOfOptunasOwn() {
        String journal = study(0, "monday", "[1]")
                + trial(0, 0, 3, 1, "[0.5]")
                + trial(0, 1, 4, 1, "[0.25]")
                + trial(0, 2, 5, 2, "[0.1]")
                + trial(0, 3, 6, 3, "null")
                + study(1, "failed", "[2]")
                + trial(1, 4, 6, 3, "null")
                + study(2, "two", "[1, 2]")
                + trial(2, 5, 6, 1, "[1, 2]")
                + study(3, "cards", "[2]")
                + study(4, "empty", "[1]")
                + trial(3, 6, 6, 1, "[0.9]")
                + "{\"op_code\": 2, \"worker_id\": \"w\", \"study_id\": 3, \"user_attr\": {\"homeostat.memory\":"
                + " {\"model\": \"cards\", \"metaFeatures\": {\"logRows\": 8.5}}}}\n";

        // when
        Imported read = Format.OPTUNA.imported(journal, new Origin("loans", "svm", "loss", Studies.T0));

        // then
        MetaRecord monday = read.records().get(0);
        assertThat(monday.taskId()).isEqualTo("monday");
        assertThat(monday.model()).isEqualTo("loans");
        assertThat(monday.metric()).isEqualTo("loss");
        assertThat(monday.goal()).isEqualTo("minimize");
        assertThat(monday.at()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(monday.trials())
                .containsExactly(new Evaluation(Map.of("x", 4L), .25, 1), new Evaluation(Map.of("x", 3L), .5, 0));
        assertThat(read.records().get(1).model()).isEqualTo("cards");
        assertThat(read.records().get(1).trainer()).isEqualTo("svm");
        assertThat(read.records().get(1).metaFeatures()).isEqualTo(Map.of("logRows", 8.5));
        assertThat(read.passedOver())
                .extracting(Imported.PassedOver::taskId, Imported.PassedOver::reason)
                .containsExactly(
                        tuple("failed", "none of its 1 trials is complete with a finite value: {failed=1}"),
                        tuple("two", "It has several objectives; a record has one."),
                        tuple(
                                "empty",
                                "its trials show no search space: space: is empty. Name at least one parameter."));
    }

    @Test
    void saysWhatAJournalLacks() {
        String journal = study(0, "monday", "[1]") + trial(0, 0, 3, 1, "[0.5]");

        assertThatThrownBy(() -> Format.OPTUNA.imported(journal, NOTHING))
                .hasMessage("study 'monday'.model: is missing; give it as ?model=, or in the study's user attribute"
                        + " homeostat.memory");
        assertThatThrownBy(() -> Format.OPTUNA.imported(journal + "{\"op_code\": 77}\n", NOTHING))
                .hasMessageStartingWith("journal line 5: operation 77 is not known");
        assertThatThrownBy(() -> Format.OPTUNA.imported(journal + "half of a li", NOTHING))
                .hasMessage("line 5: 'half of a li' is not an operation of a journal");
    }

    @Test
    void takesAtMostTenThousand() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i <= Format.MOST_RECORDS; i++) {
            file.append(GOOD.replace("'t'", "'t" + i + "'").replace('\'', '"')).append('\n');
        }

        assertThatThrownBy(() -> Format.JSONL.imported(file.toString(), NOTHING))
                .hasMessage(
                        "10001 records are more than 10000; split the file, or export it in parts with limit and skip");
    }

    @Test
    void whatBreaksAConstraintInOptunaIsNotRemembered() {
        // given
        String limit = "{\"op_code\": 9, \"trial_id\": %d, \"system_attr\": {\"constraints\": [%d]}}\n";
        String good = trial(0, 0, 3, 1, "[0.5]").replaceFirst("(?=\\{\"op_code\": 6)", String.format(limit, 0, -1));
        String broken = trial(0, 1, 4, 1, "[0.1]").replaceFirst("(?=\\{\"op_code\": 6)", String.format(limit, 1, 2));

        // when
        Imported read = Format.OPTUNA.imported(
                study(0, "monday", "[1]") + good + broken, new Origin("loans", "svm", "loss", Studies.T0));

        // then
        assertThat(read.records().get(0).bestValue()).isEqualTo(.5);
        assertThat(read.records().get(0).trials()).containsExactly(new Evaluation(Map.of("x", 3L), .5, 0));
    }

    @Test
    void exportsWhatAJournalCanSayAndLeavesTheRestOut() throws IOException {
        // given: trials again at the same point of a small space, ones without a value, and a space that is none
        MetaRecord good = record(1, 1);
        Map<String, Object> point = good.trials().get(0).parameters();
        Map<String, Object> space = new TreeMap<>();
        point.forEach((name, value) -> space.put(name, Map.of("constant", value)));
        List<Evaluation> trials = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            trials.add(new Evaluation(point, i < 12 ? Double.POSITIVE_INFINITY : i, i));
        }
        MetaRecord small = in(good, "small", space).withTrials(trials);
        MetaRecord none = in(good, "none", Map.of("x", Map.of("float", List.of(2, 1))));

        // when
        StringWriter file = new StringWriter();
        Format.OPTUNA.write(List.of(none, small), file);
        Imported read = Format.OPTUNA.imported(file.toString(), NOTHING);

        // then
        assertThat(read.records()).extracting(MetaRecord::taskId).containsExactly("small");
        assertThat(read.records().get(0).trials()).hasSize(12);
    }

    private static MetaRecord in(MetaRecord record, String taskId, Map<String, Object> space) {
        ObjectNode node = Json.mapper().valueToTree(record);
        node.put("taskId", taskId).set("space", Json.mapper().valueToTree(space));
        return Json.read(node.toString().getBytes(StandardCharsets.UTF_8), MetaRecord.class);
    }
}
