package io.homeostat.gateway.source;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.Period;
import io.homeostat.model.schema.DataSchema;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An artifact of the format {@value #FORMAT}: where a model server that speaks the Open Inference Protocol v2 answers for
 * a version. Being stored under its digest like every artifact, a version always names the same place.
 *
 * <pre>{@code
 * {"url": "http://models:8000", "model": "loans", "modelVersion": "3",
 *  "schema": {"task": "binary", "positive": "1", "classes": ["0", "1"],
 *             "features": [{"name": "salary", "kind": "numeric"}, {"name": "car", "kind": "categorical"}]}}
 * }</pre>
 *
 * @param url the server, like {@code http://models:8000}
 * @param model the model's name there
 * @param modelVersion its version there; default the server's choice
 * @param schema its features and classes
 * @param matrix name of the one input {@code [n, features]} that takes all features as numbers, a category as its code;
 *     default one input {@code [n, 1]} per feature, named like it, categories as BYTES
 * @param output the output that holds the score: the positive class's probability {@code [n]}, each class's
 *     {@code [n, classes]}, or the number {@code [n]}; default the first output of numbers
 * @param connections open at once at most; default 64. Sixteen times as many calls may wait for one
 * @param connectTimeout default 500 ms
 * @param healthInterval how often it is asked whether it is ready; default 5 s
 */
public record Upstream(
        String url,
        String model,
        @Nullable String modelVersion,
        DataSchema schema,
        @Nullable String matrix,
        @Nullable String output,
        Integer connections,
        Period connectTimeout,
        Period healthInterval) {
    /** The artifact's format. */
    public static final String FORMAT = "open-inference-upstream/1";

    public Upstream(
            String url,
            String model,
            @Nullable String modelVersion,
            DataSchema schema,
            @Nullable String matrix,
            @Nullable String output,
            @Nullable Integer connections,
            @Nullable Period connectTimeout,
            @Nullable Period healthInterval) {
        this.url = url(url);
        this.model = Check.name("model", model);
        this.modelVersion = modelVersion == null ? null : Check.name("modelVersion", modelVersion);
        this.schema = Check.present("schema", schema);
        this.matrix = matrix;
        this.output = output;
        this.connections = connections == null ? 64 : connections;
        this.connectTimeout = connectTimeout == null ? new Period(Duration.ofMillis(500)) : connectTimeout;
        this.healthInterval = healthInterval == null ? new Period(Duration.ofSeconds(5)) : healthInterval;
        Check.notEmpty("schema.features", schema.features());
        Check.range("connections", this.connections, 1, 10_000);
        range("connectTimeout", this.connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        range("healthInterval", this.healthInterval, Duration.ofMillis(100), Duration.ofHours(1));
    }

    private static String url(@Nullable String text) {
        String url = Check.text("url", text);
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("url", "'" + url + "' is no URL; write one like http://models:8000");
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        Check.that(
                http && uri.getHost() != null && uri.getUserInfo() == null,
                "url",
                "'" + url + "' is not http://host:port or https://host:port");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void range(String path, Period period, Duration low, Duration high) {
        Check.that(
                period.value().compareTo(low) >= 0 && period.value().compareTo(high) <= 0,
                path,
                period + " is outside " + new Period(low) + " to " + new Period(high));
    }

    /** Reads stored bytes. Errors: {@link InvalidValueException} with the path, the value and a way out. */
    public static Upstream read(byte[] bytes) {
        return Json.readStrictly(bytes, Upstream.class);
    }

    /** The path of the model or its version on the server, without a slash at its end. */
    String path() {
        String prefix = URI.create(url).getRawPath();
        return prefix + "/v2/models/" + model + (modelVersion == null ? "" : "/versions/" + modelVersion);
    }
}
