package io.homeostat.backbone.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a record says, the reader reads it as Json does, or complains in the same words. */
class PredictionReaderTest {
    private static final String WHOLE = """
            {"predictionId": "p1", "model": "loans", "eventTime": "2026-01-31T12:00:00.250Z",
             "features": {"age": 41, "salary": 1234.5, "city": "Ulm", "member": true, "gone": null},
             "answer": {"modelVersion": "v1", "artifactSha256": "ab", "output": "1", "score": 0.75,
                        "probabilities": {"0": 0.25, "1": 0.75}, "statusCode": 200, "latencyMillis": 3},
             "unitId": "u", "rolloutId": "r", "step": 2, "arm": "candidate", "weightPercent": 5, "bucket": 77,
             "counterpart": {"modelVersion": "v2", "statusCode": 503},
             "traceparent": "00-1-2-03", "schemaVersion": 1, "unknown": {"to": ["us"]}}
            """;

    private final PredictionReader reader = new PredictionReader();

    @Test
    void readsEveryField() {
        // when
        PredictionEvent event = reader.read(bytes(WHOLE));
        // then
        assertThat(event).isEqualTo(Json.read(bytes(WHOLE), PredictionEvent.class));
        assertThat(event.features())
                .containsEntry("age", 41.0)
                .containsEntry("gone", null)
                .hasSize(5);
        assertThat(event.features().keySet()).containsExactly("age", "salary", "city", "member", "gone");
        assertThat(event.features().get("nobody")).isNull();
        assertThat(Json.text(event)).isEqualTo(Json.text(Json.read(bytes(WHOLE), PredictionEvent.class)));
    }

    @Test
    void rowsOfAModelShareItsNameAndThoseOfItsFeatures() {
        // given: models in turn, two of the same features and one of another
        List<PredictionEvent> events = Stream.of("some", "other", "some", "other", "some", "third")
                .map(model -> reader.read(bytes("{\"predictionId\": \"p\", \"model\": \"" + model
                        + "\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {\""
                        + (model.equals("third") ? "b" : "a") + "\": 1}}")))
                .toList();
        // then
        assertThat(events.get(2).model()).isSameAs(events.get(4).model());
        assertThat(events.get(1).model()).isSameAs(events.get(3).model());
        assertThat(names(events.get(0))).isSameAs(names(events.get(2))).isSameAs(names(events.get(1)));
        assertThat(names(events.get(5))).isNotSameAs(names(events.get(0)));
        assertThat(events.get(5).features()).isEqualTo(Map.of("b", 1.0));
    }

    private static FeatureValues.Names names(PredictionEvent event) {
        return ((FeatureValues) event.features()).names();
    }

    @Test
    void rowsOfAModelMayDiffer() {
        assertSame(
                "{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {\"a\": 1, \"b\": 2}}");
        assertSame(
                "{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {\"b\": 2, \"a\": 1}}");
        assertSame(
                "{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {\"a\": 1}}");
        assertSame(
                "{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {}}");
        assertSame(
                "{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\", \"features\": {\"a\": 1, \"a\": 2}}");
    }

    @Test
    void rowsOfTheSameNamesShareThemWhereverTheyStand() {
        for (int length = 1; length <= 20; length++) {
            String name = "abcdefghijklmnopqrst".substring(0, length);
            String other = name.substring(1) + "Z";
            for (String end : List.of("", " ".repeat(20))) {
                String row = "{\"predictionId\":\"p\",\"model\":\"m\",\"eventTime\":\"2026-01-31T12:00:00Z\","
                        + "\"features\":{\"first\":1,\"" + name + "\":2}}" + end;
                // when
                reader.read(bytes(row));
                FeatureValues one = (FeatureValues) reader.read(bytes(row)).features();
                FeatureValues two = (FeatureValues) reader.read(bytes(row)).features();
                // then
                assertThat(one.names()).as(name).isSameAs(two.names());
                assertThat(two).containsEntry(name, 2.0).hasSize(2);
                assertSame(row.replace(name + "\":2", other + "\":2"));
                assertSame(row.replace(name + "\":2", name + "Z\":2"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00.1Z",
                "2026-01-31T12:00:00.123456789Z",
                "2024-02-29T23:59:59.999Z",
                "2026-02-29T12:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-31T12:00:00.Z",
                "2026-01-31T12:00Z",
                "2026-01-31T12:00:00+01:00",
                "2026-01-31 12:00:00Z",
                "+12026-01-31T12:00:00Z",
                "-0001-01-31T12:00:00Z",
                "2026-01-31T12:00:0xZ",
                "1700000000",
                ""
            })
    void timesAreThoseOfJson(String time) {
        assertSame(WHOLE.replace("2026-01-31T12:00:00.250Z", time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "1e999",
                "12345678901234567890",
                "9999999999999999999999999.5",
                "-0.0",
                "1e-400"
            })
    void numbersAreThoseOfJson(String number) {
        assertSame(WHOLE.replace("1234.5", number));
        assertSame(WHOLE.replace("0.75,", number + ","));
        assertSame(WHOLE.replace("\"step\": 2", "\"step\": " + number));
    }

    @Test
    void numbersOfEveryShapeAreThoseOfJson() {
        // given
        Random random = new Random(2);
        for (int i = 0; i < 3_000; i++) {
            String number = (random.nextBoolean() ? "-" : "") + digits(random, 1) + rest(random);
            String row = WHOLE.replace("1234.5", number);
            // then: in the middle of a record, and at its end
            assertSame(row);
            assertSame("{\"predictionId\": \"p\", \"model\": \"m\", \"eventTime\": \"2026-01-31T12:00:00Z\","
                    + " \"features\": {\"a\": " + number + "}}");
        }
    }

    private static String rest(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "." + digits(random, 0);
            case 2 -> "." + digits(random, 1) + "e" + (random.nextInt(20) - 10);
            case 3 -> "E+2";
            default -> "." + digits(random, 1);
        };
    }

    private static String digits(Random random, int fewest) {
        return random.ints(fewest + random.nextInt(random.nextBoolean() ? 4 : 12), 0, 10)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining());
    }

    @Test
    void modelsAndVersionsMayComeInTurn() {
        for (int i = 0; i < 50; i++) {
            assertSame(WHOLE.replace("loans", "m" + i * i % 7)
                    .replace("\"v1\"", i % 5 < 3 ? "\"v2\"" : "\"v22\"")
                    .replace("\"model\":", i % 3 == 0 ? "\"model\" :" : "\"model\":"));
        }
    }

    @Test
    void whateverStandsInAFieldIsReadAsJsonDoes() throws IOException {
        // given
        Random random = new Random(1);
        JsonNode whole = Json.mapper().readTree(WHOLE);
        for (int i = 0; i < 2_000; i++) {
            // when: one or two fields say something else, or are gone
            JsonNode changed = whole.deepCopy();
            change(changed, random);
            if (random.nextBoolean()) {
                change(changed, random);
            }
            // then
            assertSame(changed.toString());
        }
    }

    @Test
    void whatIsCutOffIsNoPrediction() {
        for (int length = 0; length < WHOLE.length(); length += 7) {
            assertSame(WHOLE.substring(0, length));
        }
    }

    private static void change(JsonNode root, Random random) {
        List<ObjectNode> objects = new ArrayList<>(List.of((ObjectNode) root));
        root.forEach(child -> {
            if (child instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (random.nextInt(10)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name, nodes.nullNode());
            case 2 -> object.set(name, nodes.numberNode(random.nextInt()));
            case 3 -> object.set(name, nodes.numberNode(random.nextGaussian()));
            case 4 -> object.set(name, nodes.textNode(""));
            case 5 -> object.set(name, nodes.textNode("0.5"));
            case 6 -> object.set(name, nodes.booleanNode(random.nextBoolean()));
            case 7 -> object.set(name, nodes.arrayNode().add(1));
            case 8 -> object.set(name, nodes.objectNode().put("x", 1));
            default -> object.set(name, nodes.textNode("stable"));
        }
    }

    private void assertSame(String json) {
        assertThat(outcome(() -> reader.read(bytes(json))))
                .as(json)
                .isEqualTo(outcome(() -> Json.read(bytes(json), PredictionEvent.class)));
    }

    private static Object outcome(java.util.function.Supplier<PredictionEvent> read) {
        try {
            return read.get();
        } catch (InvalidValueException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
