package io.homeostat.standalone.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Asks a running Homeostat about its rollouts. Errors: {@link IllegalStateException} with what it said. */
final class RolloutClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;

    RolloutClient(URI base) {
        this.base = base;
    }

    /** Every model's newest rollout. */
    JsonNode all() {
        return send(request("").GET());
    }

    /** A model's newest rollout with its route, targets and decisions. */
    JsonNode one(String model) {
        return send(request("/" + encoded(model) + "?decisions=12").GET());
    }

    /** Passes an order on. */
    void order(String model, String action, String who, String why) {
        send(request("/" + encoded(model) + "/" + action)
                .POST(BodyPublishers.ofByteArray(Json.bytes(Map.of("who", who, "why", why)))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/v1/rollouts" + path)).timeout(PATIENCE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            JsonNode answer = Json.mapper().readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        answer.path("error").asText("the answer of " + base + " has status " + response.statusCode()));
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no Homeostat answers at " + base
                            + "; start one with ./homeostat up, or name its address: --url URL",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
