package io.homeostat.deployer.targets;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * MLflow's model registry over its REST API, version 2.0. Settings: {@code homeostat.mlflow.url}, and {@code
 * homeostat.mlflow.token} where it wants one.
 */
final class MlflowRegistry {
    private static final String API = "/api/2.0/mlflow/";
    private static final int NOT_FOUND = 404;

    private final Settings settings;
    private final HttpCalls http;

    MlflowRegistry(Settings settings, HttpCalls http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * A registered model.
     *
     * @param aliases MLflow's number of a version by alias
     * @param tags its tags
     */
    record RegisteredModel(Map<String, String> aliases, Map<String, String> tags) {}

    /**
     * A version in the registry.
     *
     * @param number MLflow's number
     * @param status {@code READY} once it can be used
     */
    record ModelVersion(String number, String status) {}

    Optional<RegisteredModel> model(String name) {
        return call("GET", "registered-models/get" + query(Map.of("name", name)), null)
                .map(answer -> answer.path("registered_model"))
                .map(found -> new RegisteredModel(
                        pairs(found.path("aliases"), "alias", "version"), pairs(found.path("tags"), "key", "value")));
    }

    void create(String name) {
        call("POST", "registered-models/create", Map.of("name", name));
    }

    /** The newest version that has a tag. */
    Optional<ModelVersion> version(String name, String tag, String value) {
        String filter = "name = '" + quoted(name) + "' AND tags.`" + tag + "` = '" + quoted(value) + "'";
        JsonNode found = call(
                        "GET",
                        "model-versions/search" + query(Map.of("filter", filter, "order_by", "version_number DESC")),
                        null)
                .map(answer -> answer.path("model_versions"))
                .orElseGet(() -> Json.mapper().createArrayNode());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelVersion(
                        found.get(0).path("version").asText(),
                        found.get(0).path("status").asText("READY")));
    }

    void createVersion(String name, String source, String tag, String value) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("source", source);
        body.put("tags", java.util.List.of(Map.of("key", tag, "value", value)));
        call("POST", "model-versions/create", body);
    }

    void setAlias(String name, String alias, String number) {
        call("POST", "registered-models/alias", Map.of("name", name, "alias", alias, "version", number));
    }

    void deleteAlias(String name, String alias) {
        call("DELETE", "registered-models/alias" + query(Map.of("name", name, "alias", alias)), null);
    }

    void setTag(String name, String key, String value) {
        call("POST", "registered-models/set-tag", Map.of("name", name, "key", key, "value", value));
    }

    private Optional<JsonNode> call(String method, String path, @Nullable Map<String, Object> body) {
        URI base = settings.address("homeostat.mlflow.url");
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        settings.get("homeostat.mlflow.token").ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        String whole = base.toString().replaceAll("/+$", "") + API + path;
        HttpCalls.Answer answer =
                http.send("MLflow", method, URI.create(whole), headers, body == null ? null : Json.bytes(body));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.ok()) {
            throw new TargetException("MLflow answered " + method + " " + path.replaceAll("\\?.*", "") + " with status "
                    + answer.status() + ": " + said(answer.text()));
        }
        return Optional.of(read(answer.text()));
    }

    private static String said(String text) {
        try {
            String message = read(text).path("message").asText("");
            return message.length() > 200 ? message.substring(0, 200) : message;
        } catch (TargetException e) {
            return "no JSON";
        }
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text.isBlank() ? "{}" : text);
        } catch (IOException e) {
            throw new TargetException("MLflow's answer is not JSON", e);
        }
    }

    private static Map<String, String> pairs(JsonNode list, String key, String value) {
        Map<String, String> pairs = new HashMap<>();
        list.forEach(one -> pairs.put(one.path(key).asText(), one.path(value).asText()));
        return pairs;
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        new java.util.TreeMap<>(parameters)
                .forEach((key, value) -> query.append(query.isEmpty() ? '?' : '&')
                        .append(key)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    private static String quoted(String text) {
        return text.replace("'", "\\'");
    }
}
