package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.PredictionSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A request with its response as one prediction per row. Each row becomes an object that the source's pointers point into:
 * {@code /inputs} and {@code /outputs} hold the row's share as it was sent. Where nothing is mapped, {@code /inputs} holds
 * the features by name (a list is read in the order of the spec's features), and {@code /prediction} and
 * {@code /probabilities} what the outputs are taken for.
 */
public final class InferenceRows {
    static final String INPUTS = "/inputs";
    static final String PREDICTION = "/prediction";
    static final String PROBABILITIES = "/probabilities";
    static final String VERSION = "modelVersion";

    private final ModelSpec spec;
    private final PredictionSource source;
    private final PredictionMapping mapping;

    /** The rows of a spec that reads the logger's topic. */
    public InferenceRows(ModelSpec spec, PredictionSource source) {
        this.spec = spec;
        this.source = source;
        this.mapping = new PredictionMapping(spec, source);
    }

    /**
     * The predictions: {@code id} for one row, {@code id-0}, {@code id-1}, … for many, unless the request names them in
     * {@code parameters.prediction_ids}. Errors: {@link MisfitException} if one row does not fit: none is taken then.
     */
    public List<PredictionEvent> predictions(InferenceHalf request, InferenceHalf response) {
        JsonNode asked = request.message().value();
        JsonNode answered = response.message().value();
        List<JsonNode> inputs = Tensors.rows(asked, "instances", "inputs");
        List<JsonNode> outputs = Tensors.rows(answered, "predictions", "outputs");
        if (inputs.size() != outputs.size()) {
            throw new MisfitException(
                    Reason.UNREADABLE,
                    "outputs: " + outputs.size() + " rows were answered, " + inputs.size() + " asked");
        }
        List<PredictionEvent> events = new ArrayList<>(inputs.size());
        for (int row = 0; row < inputs.size(); row++) {
            Message message = response.message().withValue(row(inputs.get(row), outputs.get(row), answered));
            events.add(mapping.event(message, id(request, asked, row, inputs.size()), request.time()));
        }
        return events;
    }

    private static String id(InferenceHalf request, JsonNode asked, int row, int rows) {
        JsonNode named = asked.path("parameters").path("prediction_ids");
        if (named.isArray() && named.size() == rows && named.get(row).isTextual()) {
            return named.get(row).textValue();
        }
        return rows == 1 ? request.id() : request.id() + "-" + row;
    }

    private ObjectNode row(JsonNode inputs, JsonNode outputs, JsonNode answered) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.set("inputs", source.features() == null ? byName(inputs) : inputs);
        row.set("outputs", outputs);
        if (source.prediction() == null && source.probabilities() == null) {
            interpret(row, outputs);
        }
        JsonNode version = answered.path("model_version");
        if (version.isTextual()) {
            row.set(VERSION, version);
        }
        return row;
    }

    /** A list, or a single tensor with all features, as an object by name. */
    private JsonNode byName(JsonNode inputs) {
        List<String> names = List.copyOf(spec.features().keySet());
        JsonNode list = inputs.isObject()
                        && inputs.size() == 1
                        && inputs.elements().next().isArray()
                ? inputs.elements().next()
                : inputs;
        if (!list.isArray()) {
            return inputs;
        }
        if (list.size() != names.size()) {
            throw new MisfitException(
                    Reason.INVALID_FEATURE,
                    "inputs: a row has " + list.size() + " values, the spec " + names.size()
                            + " features; map source.predictions.features to where they stand in /inputs");
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            named.set(names.get(i), list.get(i));
        }
        return named;
    }

    private static void interpret(ObjectNode row, JsonNode outputs) {
        if (outputs.isValueNode()) {
            row.set("prediction", outputs);
        } else if (outputs.size() == 1) {
            interpret(row, outputs.elements().next());
        } else if (outputs.isArray()) {
            row.set("probabilities", outputs);
        } else if (outputs.has("predict")) {
            row.set("prediction", outputs.get("predict"));
            row.set("probabilities", outputs.path("predict_proba").isArray() ? outputs.get("predict_proba") : null);
        } else {
            List<String> names = new ArrayList<>();
            outputs.fieldNames().forEachRemaining(names::add);
            throw new MisfitException(
                    Reason.UNREADABLE,
                    "outputs: which of " + String.join(", ", names)
                            + " is the prediction? Map source.predictions.prediction to /outputs/NAME");
        }
    }
}
