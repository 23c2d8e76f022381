package io.homeostat.gateway.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes answers in one pass. */
public final class ResponseWriter {
    private final JsonGenerator out;
    private final InferResponse response;
    private final int rows;

    private ResponseWriter(JsonGenerator out, InferResponse response) {
        this.out = out;
        this.response = response;
        this.rows = response.answers().size();
    }

    /** The response as UTF-8 JSON, with the outputs that the request wants. */
    public static byte[] write(InferResponse response, InferRequest request) {
        return Json.written(out -> new ResponseWriter(out, response).write(request));
    }

    private void write(InferRequest request) throws IOException {
        out.writeStartObject();
        out.writeStringField("model_name", response.model());
        out.writeStringField("model_version", response.modelVersion());
        if (response.id() != null) {
            out.writeStringField("id", response.id());
        }
        parameters();
        out.writeArrayFieldStart("outputs");
        if (request.wants("label")) {
            labels();
        }
        if (request.wants("score")) {
            scores();
        }
        if (request.wants("probabilities")) {
            probabilities();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void parameters() throws IOException {
        out.writeObjectFieldStart("parameters");
        texts("prediction_ids", response.predictionIds());
        texts(
                "model_versions",
                response.answers().stream().map(Answer::modelVersion).toList());
        if (!response.arms().isEmpty()) {
            texts("arms", response.arms().stream().map(ResponseWriter::lower).toList());
            out.writeStringField("rollout_id", response.rolloutId());
        }
        out.writeEndObject();
    }

    private void texts(String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private void labels() throws IOException {
        tensor("label", "BYTES", rows);
        for (Answer answer : response.answers()) {
            out.writeString(answer.output());
        }
        endTensor();
    }

    private void scores() throws IOException {
        tensor("score", "FP64", rows);
        for (Answer answer : response.answers()) {
            out.writeNumber(Objects.requireNonNull(answer.score(), "an answer has a score"));
        }
        endTensor();
    }

    private void probabilities() throws IOException {
        Map<String, Double> first = response.answers().get(0).probabilities();
        if (first == null) {
            return;
        }
        List<String> classes = List.copyOf(first.keySet());
        out.writeStartObject();
        out.writeStringField("name", "probabilities");
        shape("FP64", rows, classes.size());
        out.writeObjectFieldStart("parameters");
        texts("classes", classes);
        out.writeEndObject();
        out.writeArrayFieldStart("data");
        for (Answer answer : response.answers()) {
            // a challenger may have met other classes in training
            Map<String, Double> row = Objects.requireNonNullElse(answer.probabilities(), Map.of());
            for (String name : classes) {
                out.writeNumber(row.getOrDefault(name, 0.0));
            }
        }
        endTensor();
    }

    private void tensor(String name, String datatype, int... shape) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name);
        shape(datatype, shape);
        out.writeArrayFieldStart("data");
    }

    private void shape(String datatype, int... shape) throws IOException {
        out.writeFieldName("shape");
        out.writeArray(shape, 0, shape.length);
        out.writeStringField("datatype", datatype);
    }

    private void endTensor() throws IOException {
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String lower(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }
}
