package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A cluster whose KServe runs a deployment for the predictor and for each canary. */
class KserveStandardTargetTest extends ServingTargetContract {
    @Override
    World open() {
        return new Standard();
    }

    @Test
    void promotionGivesThePredictorTheCanarysName() {
        Standard standard = (Standard) world;
        apply(world.target(), serves(1, "v1"));
        apply(world.target(), shared(2, "v1", "v2", 50));
        assertThat(standard.spec().path("canary").get(0).path("predictor").toString())
                .contains("\"name\":\"v2\"", "\"modelFormat\":{\"name\":\"lightgbm\"}");
        // when
        apply(world.target(), shared(3, "v2", "v1", 0));
        // then: the previous champion stays warm
        assertThat(standard.spec().path("predictor").path("name").asText()).isEqualTo("v2");
        assertThat(standard.spec().path("canary").get(0).path("trafficPercent").asInt())
                .isZero();
        apply(world.target(), serves(4, "v2"));
        assertThat(standard.spec().has("canary")).isFalse();
    }

    private static final class Standard extends ClusterWorld {
        private static final String PATH = KserveServerlessTargetTest.Knative.PATH;

        private final Set<String> unable = new HashSet<>();

        Standard() {
            cluster.put(PATH, """
                    {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
                     "metadata": {"name": "loans", "namespace": "models"},
                     "spec": {"predictor": {"minReplicas": 4, "model": {"modelFormat": {"name": "lightgbm"},
                       "storageUri": "s3://models/loans/v1"}}}}
                    """);
            settle();
        }

        JsonNode spec() {
            return cluster.objects.get(PATH).path("spec");
        }

        private static String version(JsonNode predictor) {
            return predictor.path("model").path("storageUri").asText().replace("s3://models/loans/", "");
        }

        @Override
        void settle() {
            ObjectNode object = cluster.objects.get(PATH);
            boolean canaries = true;
            for (JsonNode canary : spec().path("canary")) {
                canaries &= !unable.contains(version(canary.path("predictor")));
            }
            ObjectNode status = object.putObject("status");
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asLong());
            ArrayNode conditions = status.putArray("conditions");
            conditions
                    .addObject()
                    .put("type", "PredictorReady")
                    .put("status", unable.contains(version(spec().path("predictor"))) ? "False" : "True");
            conditions.addObject().put("type", "CanaryReady").put("status", canaries ? "True" : "False");
        }

        @Override
        Map<String, Double> shares() {
            Map<String, Double> shares = new TreeMap<>();
            double rest = 100;
            for (JsonNode canary : spec().path("canary")) {
                double percent = canary.path("trafficPercent").asDouble();
                shares.merge(version(canary.path("predictor")), percent, Double::sum);
                rest -= percent;
            }
            shares.merge(version(spec().path("predictor")), rest, Double::sum);
            shares.values().removeIf(share -> share == 0);
            return shares;
        }

        @Override
        ServingTarget target() {
            TargetSpec.Kserve spec = new TargetSpec.Kserve(
                    "models", "loans", "s3://models/loans/{version}", TargetSpec.Kserve.Mode.STANDARD);
            return new KserveStandardTarget(spec, new InferenceServices(spec, cluster.client));
        }

        @Override
        void answers(String version, boolean can) {
            if (can) {
                unable.remove(version);
            } else {
                unable.add(version);
            }
            settle();
        }

        @Override
        boolean meddle() {
            ((ObjectNode) spec()).remove("canary");
            return true;
        }
    }
}
