package io.homeostat.gateway.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import io.homeostat.model.schema.AnswerDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a response of the protocol in one pass: the numbers of the output that holds the score. */
final class UpstreamAnswer {
    private static final JsonFactory FACTORY = Json.mapper().getFactory();
    private static final int LONGEST_ERROR = 300;

    private final @Nullable String output;
    private final AnswerDecoder decoder;

    UpstreamAnswer(Upstream upstream) {
        this.output = upstream.output();
        this.decoder = new AnswerDecoder(upstream.schema());
    }

    /** One answer per row. Errors: {@link UnusableAnswerException}. */
    List<Prediction> read(byte[] body, int rows) {
        try (JsonParser in = FACTORY.createParser(body)) {
            return decoder.decodeAll(numbers(in), rows);
        } catch (IOException e) {
            throw new UnusableAnswerException("the answer is not JSON: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** What a server says of a failure: its {@code error}, or the beginning of whatever it said. */
    static String error(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LONGEST_ERROR), StandardCharsets.UTF_8);
        try {
            JsonNode error = Json.mapper().readTree(body).path("error");
            return error.isTextual() ? shortened(error.asText()) : text;
        } catch (IOException notJson) {
            return text;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
    }

    private double[] numbers(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswerException("the answer is not a JSON object");
        }
        double[] found = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            if (field.equals("outputs") && value == JsonToken.START_ARRAY) {
                found = outputs(in);
            } else {
                in.skipChildren();
            }
        }
        if (found == null) {
            throw new UnusableAnswerException(
                    "the answer has no output " + (output == null ? "of numbers" : "'" + output + "' of numbers"));
        }
        return found;
    }

    private double @Nullable [] outputs(JsonParser in) throws IOException {
        double[] found = null;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            double[] numbers = output(in);
            found = found == null ? numbers : found;
        }
        return found;
    }

    /** The tensor's numbers, if it is the one that is looked for. */
    private double @Nullable [] output(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswerException("the answer's outputs are not tensors");
        }
        String name = "";
        String datatype = "";
        double[] numbers = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "name" -> name = in.getText();
                case "datatype" -> datatype = in.getText();
                case "data" -> numbers = data(in);
                default -> in.skipChildren();
            }
        }
        boolean wanted = output == null ? datatype.startsWith("FP") : output.equals(name);
        return wanted ? numbers : null;
    }

    /** Flat or nested; null where something is not a number. */
    private static double @Nullable [] data(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return null;
        }
        double[] numbers = new double[4];
        int count = 0;
        boolean clean = true;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = in.nextToken();
            if (token == null) {
                throw new UnusableAnswerException("the answer ends early");
            }
            switch (token) {
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
                    numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, count * 2);
                    numbers[count++] = in.getDoubleValue();
                }
                default -> {
                    clean = false;
                    in.skipChildren();
                }
            }
        }
        return clean ? Arrays.copyOf(numbers, count) : null;
    }
}
