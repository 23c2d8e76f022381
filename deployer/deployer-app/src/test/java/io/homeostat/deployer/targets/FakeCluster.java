package io.homeostat.deployer.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.testing.FakeServer;
import io.homeostat.deployer.testing.FakeServer.Reply;
import io.homeostat.deployer.testing.FakeServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API server that knows get, list by label, server-side apply of one field manager (lists are atomic, what was applied
 * before and is left out now is removed, a wrong resourceVersion is a conflict) and the scale of deployments.
 */
final class FakeCluster implements AutoCloseable {
    final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    final FakeServer server = new FakeServer(this::answer);
    final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl(server.uri().toString())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(5_000)
                    .build())
            .build();
    int writes;
    /** What somebody else does between our look and our write. */
    Runnable meanwhile = () -> {};

    private final Map<String, JsonNode> applied = new TreeMap<>();
    private long version = 100;

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String path, String json) {
        ObjectNode object = read(json);
        objects.put(path, stamped(object, true));
    }

    synchronized ObjectNode stamped(ObjectNode object, boolean specChanged) {
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", String.valueOf(++version));
        if (specChanged) {
            metadata.put("generation", metadata.path("generation").asLong(0) + 1);
        }
        return object;
    }

    private synchronized Reply answer(Request request) {
        String path = request.path();
        if (path.endsWith("/scale")) {
            return scale(request, path.substring(0, path.length() - "/scale".length()));
        }
        ObjectNode found = objects.get(path);
        if (request.method().equals("GET")) {
            return found != null ? new Reply(200, found.toString()) : list(path, request.query());
        }
        if (request.method().equals("PATCH")
                && request.headers().getOrDefault("content-type", "").startsWith("application/apply-patch+yaml")) {
            return found == null ? missing() : apply(path, found, request);
        }
        return new Reply(405, "{}");
    }

    private Reply list(String path, Map<String, String> query) {
        String[] label = query.getOrDefault("labelSelector", "").split("=", 2);
        if (label.length < 2) {
            return missing();
        }
        ObjectNode list = Json.mapper().createObjectNode();
        list.put("kind", "List").put("apiVersion", "v1").putObject("metadata");
        var items = list.putArray("items");
        objects.forEach((at, object) -> {
            boolean within = at.startsWith(path + "/");
            boolean labelled = label[1].equals(
                    object.path("metadata").path("labels").path(label[0]).asText(null));
            if (within && labelled) {
                items.add(object);
            }
        });
        return new Reply(200, list.toString());
    }

    private Reply apply(String path, ObjectNode found, Request request) {
        if (!"homeostat".equals(request.query().get("fieldManager"))
                || !"true".equals(request.query().get("force"))) {
            return new Reply(400, "{\"message\":\"no field manager\"}");
        }
        meanwhile.run();
        ObjectNode body = read(request.body());
        String seen = body.path("metadata").path("resourceVersion").asText("");
        if (!seen.isEmpty()
                && !seen.equals(found.path("metadata").path("resourceVersion").asText())) {
            return new Reply(409, "{\"kind\":\"Status\",\"code\":409,\"message\":\"conflict\"}");
        }
        ((ObjectNode) body.get("metadata")).remove("resourceVersion");
        body.remove("status");
        ObjectNode next = found.deepCopy();
        if (applied.get(path) != null) {
            prune(next, applied.get(path), body);
        }
        merge(next, body);
        applied.put(path, body);
        if (!next.equals(found)) {
            writes++;
            objects.put(path, stamped(next, !next.path("spec").equals(found.path("spec"))));
        }
        return new Reply(200, objects.get(path).toString());
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (value.isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), (ObjectNode) value);
            } else if (!value.isNull()) {
                into.set(field.getKey(), value.deepCopy());
            }
        });
    }

    private static void prune(ObjectNode live, JsonNode before, JsonNode now) {
        List<String> names = new ArrayList<>();
        before.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (before.get(name).isObject() && live.path(name).isObject()) {
                prune((ObjectNode) live.get(name), before.get(name), now.path(name));
            } else if (now.path(name).isMissingNode()) {
                live.remove(name);
            }
        }
    }

    private Reply scale(Request request, String path) {
        ObjectNode deployment = objects.get(path);
        if (deployment == null) {
            return missing();
        }
        if (!request.method().equals("GET")) {
            int replicas = read(request.body()).path("spec").path("replicas").asInt();
            if (deployment.path("spec").path("replicas").asInt() != replicas) {
                writes++;
                ((ObjectNode) deployment.get("spec")).put("replicas", replicas);
                stamped(deployment, true);
            }
        }
        ObjectNode scale = Json.mapper().createObjectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        scale.set("metadata", deployment.get("metadata").deepCopy());
        scale.putObject("spec").set("replicas", deployment.path("spec").path("replicas"));
        scale.putObject("status").set("replicas", deployment.path("spec").path("replicas"));
        return new Reply(200, scale.toString());
    }

    private static Reply missing() {
        return new Reply(
                404,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404,\"reason\":\"NotFound\"}");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
