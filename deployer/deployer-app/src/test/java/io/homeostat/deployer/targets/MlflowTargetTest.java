package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.testing.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A registry that behaves like MLflow's. */
class MlflowTargetTest extends ServingTargetContract {
    @Override
    World open() {
        return new Registry("s3://models/loans/{sha256}");
    }

    @Test
    void challengerAliasFollowsTheRollout() {
        Registry registry = (Registry) world;
        apply(world.target(), serves(1, "v1"));
        apply(world.target(), shared(2, "v1", "v2", 10));
        assertThat(registry.aliases).containsOnlyKeys("champion", "challenger").containsEntry("challenger", "2");
        // when
        apply(world.target(), serves(3, "v1"));
        // then
        assertThat(registry.aliases).containsOnly(Map.entry("champion", "1"));
    }

    @Test
    void versionThatNobodyRegisteredIsWaitedFor() {
        world.close();
        world = new Registry(null);
        ((Registry) world).exists = true;
        // when
        Outcome outcome = Reconciler.reconcile(world.target(), serves(1, "v1"));
        // then
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(outcome.reason()).contains("'loans'", "homeostat.version=v1", "register it");
    }

    @Test
    void tokenIsSentAndNeverTold() {
        Registry registry = (Registry) world;
        registry.server.outage = 401;
        // when
        Outcome outcome = Reconciler.reconcile(world.target(), serves(1, "v1"));
        // then
        assertThat(registry.server.requests.get(0).headers()).containsEntry("authorization", "Bearer the-token");
        assertThat(outcome.reason()).contains("401").doesNotContain("the-token");
    }

    private static final class Registry extends World {
        private static final Pattern FILTER = Pattern.compile("name = '(.+?)' AND tags.`homeostat.version` = '(.+?)'");

        final Map<String, String> aliases = new TreeMap<>();
        final FakeServer server = new FakeServer(this::answer);
        boolean exists;

        private final String source;
        private final Map<String, String> tags = new TreeMap<>();
        private final List<String> versions = new ArrayList<>();
        private final Set<String> unable = new HashSet<>();
        private int writes;

        Registry(String source) {
            this.source = source;
        }

        private FakeServer.Reply answer(FakeServer.Request request) {
            String what = request.method() + " " + request.path().replace("/api/2.0/mlflow/", "");
            JsonNode body = read(request.body());
            if (!request.method().equals("GET")) {
                writes++;
            }
            switch (what) {
                case "GET registered-models/get" -> {
                    return exists ? ok(model()) : missing();
                }
                case "POST registered-models/create" -> exists = true;
                case "GET model-versions/search" -> {
                    return ok(search(request.query().get("filter")));
                }
                case "POST model-versions/create" -> {
                    assertThat(body.get("source").asText()).startsWith("s3://models/loans/");
                    versions.add(body.get("tags").get(0).get("value").asText());
                }
                case "POST registered-models/alias" ->
                    aliases.put(body.get("alias").asText(), body.get("version").asText());
                case "DELETE registered-models/alias" -> {
                    return aliases.remove(request.query().get("alias")) == null ? missing() : ok(object());
                }
                case "POST registered-models/set-tag" ->
                    tags.put(body.get("key").asText(), body.get("value").asText());
                default -> {
                    return new FakeServer.Reply(400, "{\"message\":\"unknown endpoint\"}");
                }
            }
            return ok(object());
        }

        private ObjectNode model() {
            ObjectNode answer = object();
            ObjectNode model = answer.putObject("registered_model").put("name", "loans");
            ArrayNode names = model.putArray("aliases");
            aliases.forEach(
                    (alias, number) -> names.addObject().put("alias", alias).put("version", number));
            ArrayNode pairs = model.putArray("tags");
            tags.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
            return answer;
        }

        private ObjectNode search(String filter) {
            Matcher matcher = FILTER.matcher(filter);
            assertThat(matcher.matches()).as(filter).isTrue();
            ObjectNode answer = object();
            int index = versions.indexOf(matcher.group(2));
            if (index >= 0) {
                answer.putArray("model_versions")
                        .addObject()
                        .put("version", String.valueOf(index + 1))
                        .put("status", unable.contains(matcher.group(2)) ? "PENDING_REGISTRATION" : "READY");
            }
            return answer;
        }

        private static ObjectNode object() {
            return Json.mapper().createObjectNode();
        }

        private static FakeServer.Reply ok(JsonNode body) {
            return new FakeServer.Reply(200, body.toString());
        }

        private static FakeServer.Reply missing() {
            return new FakeServer.Reply(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
        }

        private static JsonNode read(String body) {
            try {
                return Json.mapper().readTree(body.isEmpty() ? "{}" : body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        ServingTarget target() {
            Settings settings = name -> switch (name) {
                case "homeostat.mlflow.url" -> Optional.of(server.uri() + "/");
                case "homeostat.mlflow.token" -> Optional.of("the-token");
                default -> Optional.empty();
            };
            return new MlflowTarget(
                    new TargetSpec.Mlflow("loans", source, null, null), new MlflowRegistry(settings, new HttpCalls()));
        }

        @Override
        Map<String, Double> shares() {
            String champion = aliases.get("champion");
            return champion == null ? Map.of() : Map.of(versions.get(Integer.parseInt(champion) - 1), 100.0);
        }

        /** An alias has no weight. */
        @Override
        Map<String, Double> expected(Route route) {
            return Map.of(route.champion().version(), 100.0);
        }

        @Override
        void answers(String version, boolean can) {
            if (can) {
                unable.remove(version);
            } else {
                unable.add(version);
            }
        }

        @Override
        boolean meddle() {
            versions.add("by-hand");
            aliases.put("champion", String.valueOf(versions.size()));
            return true;
        }

        @Override
        int writes() {
            return writes;
        }

        @Override
        void outage(int status) {
            server.outage = status;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
