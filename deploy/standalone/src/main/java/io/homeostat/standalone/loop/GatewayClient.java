package io.homeostat.standalone.loop;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.FeatureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the gateway for predictions, over HTTP in the Open Inference Protocol, as any client would. */
public final class GatewayClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final String model;
    private final Map<String, FeatureKind> features;

    /**
     * @param base where the gateway listens
     * @param model whom to ask
     * @param features the tensors to send
     */
    public GatewayClient(URI base, String model, Map<String, FeatureKind> features) {
        this.base = base;
        this.model = model;
        this.features = features;
    }

    /**
     * A request for one prediction.
     *
     * @param predictionId joins the label later
     * @param unitId who asks
     * @param eventTime when; absent for now
     * @param features the inputs
     */
    public record Ask(
            String predictionId, String unitId, @Nullable Instant eventTime, Map<String, Object> features) {}

    /**
     * An answer.
     *
     * @param output the predicted class or number
     * @param modelVersion who answered
     * @param arm stable or candidate
     * @param inRollout whether a rollout was in force
     */
    public record Told(String output, String modelVersion, String arm, boolean inRollout) {}

    /** Asks for a batch and waits. Errors: {@link IllegalStateException} with the gateway's words. */
    public List<Told> infer(List<Ask> asks) {
        return inferAsync(asks).join();
    }

    /** Asks for a batch. The future fails with {@link IllegalStateException} and the gateway's words. */
    public CompletableFuture<List<Told>> inferAsync(List<Ask> asks) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v2/models/" + model + "/infer"))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(asks)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> told(response, asks.size()));
    }

    /** Posts or puts a JSON or YAML body to another path of the process, like the registration of a spec. */
    public String send(String method, String path, String contentType, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("content-type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Told> told(HttpResponse<byte[]> response, int rows) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the gateway answered " + response.statusCode() + ": "
                    + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            JsonNode json = Json.mapper().readTree(response.body());
            JsonNode parameters = json.path("parameters");
            JsonNode labels = output(json, "label");
            boolean inRollout = parameters.hasNonNull("rollout_id");
            List<Told> told = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                told.add(new Told(
                        labels.path(i).asText(),
                        parameters.path("model_versions").path(i).asText(),
                        parameters.path("arms").path(i).asText(),
                        inRollout));
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode output(JsonNode response, String name) {
        for (JsonNode tensor : response.path("outputs")) {
            if (tensor.path("name").asText().equals(name)) {
                return tensor.path("data");
            }
        }
        throw new IllegalStateException("the gateway's answer has no tensor '" + name + "': " + response);
    }

    private byte[] body(List<Ask> asks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 * asks.size());
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("parameters");
            texts(json, "prediction_ids", asks.stream().map(Ask::predictionId).toList());
            texts(json, "unit_ids", asks.stream().map(Ask::unitId).toList());
            if (asks.get(0).eventTime() != null) {
                texts(
                        json,
                        "event_times",
                        asks.stream().map(a -> String.valueOf(a.eventTime())).toList());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("inputs");
            for (Map.Entry<String, FeatureKind> feature : features.entrySet()) {
                tensor(json, feature.getKey(), feature.getValue(), asks);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void tensor(JsonGenerator json, String name, FeatureKind kind, List<Ask> asks) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeArrayFieldStart("shape");
        json.writeNumber(asks.size());
        json.writeEndArray();
        json.writeStringField("datatype", kind == FeatureKind.NUMERIC ? "FP64" : "BYTES");
        json.writeArrayFieldStart("data");
        for (Ask ask : asks) {
            Object value = ask.features().get(name);
            if (value == null) {
                json.writeNull();
            } else if (value instanceof Double number) {
                json.writeNumber(number);
            } else {
                json.writeString(String.valueOf(value));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
