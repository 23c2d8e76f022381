package io.homeostat.detector.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Whatever a message says, it is read or said to be a misfit: nothing else escapes, which would stop the stream. */
class AnyMessageTest {
    private static final ModelSpec SPEC = ModelSpec.read("""
            model: m
            task: multiclass
            features: {a: numeric, b: categorical}
            source:
              predictions: {topic: t, id: /i, time: /t, features: /f, prediction: /o, probabilities: /p, modelVersion: /v}
              labels: {topic: t, id: /i, label: /o, time: /t, correctionOf: /v}
              features: {topic: t, features: /f, time: /t}
            """.getBytes(StandardCharsets.UTF_8));
    private static final ModelSpec LOGGED = ModelSpec.read(
            "{model: m, task: binary, features: {a: numeric, b: categorical}, source: {predictions: {topic: t, format: kserve}}}"
                    .getBytes(StandardCharsets.UTF_8));
    private static final List<String> NAMES = List.of(
            "i",
            "t",
            "f",
            "o",
            "p",
            "v",
            "a",
            "b",
            "instances",
            "predictions",
            "inputs",
            "outputs",
            "shape",
            "data",
            "name",
            "parameters",
            "prediction_ids",
            "specversion",
            "id",
            "source",
            "type",
            "data_base64");
    private static final List<String> SCALARS = List.of(
            "1",
            "0",
            "-1",
            "2.5",
            "1e300",
            "1e999",
            "NaN",
            "-Infinity",
            "123456789012345678901234567890",
            "true",
            "null",
            "\"\"",
            "\"x\"",
            "\" \"",
            "\"1\"",
            "1769860800",
            "\"2026-01-31T12:00:00Z\"",
            "\"+999999999-01-01T00:00:00Z\"");

    private int read;
    private int misfits;

    private static String any(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 1 : 4);
        StringBuilder text = new StringBuilder();
        if (kind < 2) {
            return SCALARS.get(random.nextInt(SCALARS.size()));
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            String name = kind == 2 ? "\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" : "";
            text.append(text.isEmpty() ? "" : ",").append(name).append(any(random, depth - 1));
        }
        return kind == 2 ? "{" + text + "}" : "[" + text + "]";
    }

    private static String likely(Random random) {
        StringBuilder text = new StringBuilder("{");
        for (String name : List.of("i", "t", "o", "p", "v")) {
            text.append('"')
                    .append(name)
                    .append("\":")
                    .append(any(random, random.nextInt(3)))
                    .append(',');
        }
        String a = random.nextBoolean() ? "1" : any(random, 1);
        return text + "\"f\":{\"a\":" + a + ",\"b\":" + any(random, 0) + "}}";
    }

    private void attempt(Runnable reading) {
        try {
            reading.run();
            read++;
        } catch (MisfitException | InvalidValueException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            misfits++;
        }
    }

    private static Message message(String json) {
        return Message.read(new Record<>("k", json.getBytes(StandardCharsets.UTF_8), 7));
    }

    @Test
    void isReadOrAMisfit() {
        Random random = new Random(11);
        PredictionMapping predictions =
                new PredictionMapping(SPEC, SPEC.source().predictions());
        LabelMapping labels = new LabelMapping(SPEC, SPEC.source().labels());
        FeatureMapping features = new FeatureMapping(SPEC, SPEC.source().features());
        for (int i = 0; i < 4_000; i++) {
            String json = random.nextInt(4) == 0 ? any(random, 4) : likely(random);
            attempt(() -> predictions.event(message(json)));
            attempt(() -> labels.event(message(json)));
            attempt(() -> features.row(message(json)));
        }
        assertThat(read).isGreaterThan(500);
        assertThat(misfits).isGreaterThan(500);
    }

    @Test
    void asAreLoggedPairs() {
        Random random = new Random(12);
        InferenceRows rows = new InferenceRows(LOGGED, LOGGED.source().predictions());
        for (int i = 0; i < 4_000; i++) {
            String row = random.nextBoolean() ? "[1," + any(random, 0) + "]" : any(random, 2);
            String asked = "{\"instances\":[" + row + "]}";
            String answered = "{\"predictions\":[" + any(random, 2) + "]}";
            String tensor =
                    "{\"inputs\":[{\"name\":\"a\",\"shape\":" + any(random, 1) + ",\"data\":" + any(random, 2) + "}]}";
            attempt(() -> rows.predictions(half(asked), half(answered)));
            attempt(() -> rows.predictions(half(tensor), half(answered)));
        }
        assertThat(read).isGreaterThan(100);
    }

    private static InferenceHalf half(String json) {
        return new InferenceHalf("m", "r", InferenceHalf.Side.REQUEST, Instant.EPOCH, message(json), "t:0:1");
    }
}
