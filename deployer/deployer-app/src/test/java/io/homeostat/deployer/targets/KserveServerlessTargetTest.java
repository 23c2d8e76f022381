package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A cluster whose KServe makes revisions and shares traffic out between them as its Knative mode does. */
class KserveServerlessTargetTest extends ServingTargetContract {
    @Override
    World open() {
        return new Knative();
    }

    @Test
    void afterTheWayBackTheChampionIsTheNewestRevisionAndTheCanaryIsOver() {
        Knative knative = (Knative) world;
        apply(world.target(), serves(1, "v1"));
        apply(world.target(), shared(2, "v1", "v2", 10));
        // when
        apply(world.target(), serves(3, "v1"));
        // then
        assertThat(knative.predictor().path("model").path("storageUri").asText())
                .isEqualTo("s3://models/loans/v1");
        assertThat(knative.predictor().has("canaryTrafficPercent")).isFalse();
        assertThat(knative.predictor()
                        .path("model")
                        .path("modelFormat")
                        .path("name")
                        .asText())
                .isEqualTo("lightgbm");
    }

    @Test
    void sharesAreRoundedDownToWholePercents() {
        Knative knative = (Knative) world;
        apply(world.target(), serves(1, "v1"));
        // when
        ServingTarget target = world.target();
        Outcome outcome = new Outcome.Waiting("");
        for (int i = 0; i < 5; i++) {
            outcome = attempt(target, shared(2, "v1", "v2", 2.5));
        }
        // then
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(knative.shares()).isEqualTo(Map.of("v1", 98.0, "v2", 2.0));
    }

    /** KServe's own rules: the newest ready revision has the canary's share, the one rolled out before has the rest. */
    static final class Knative extends ClusterWorld {
        static final String PATH = "/apis/serving.kserve.io/v1beta1/namespaces/models/inferenceservices/loans";

        /** Pods take their time. */
        private static final int LOOKS_UNTIL_READY = 2;

        private final Set<String> unable = new HashSet<>();
        private final List<String> revisions = new ArrayList<>();
        private int age;
        private int ready = -1;
        private int rolledOut = -1;
        private int before = -1;

        Knative() {
            cluster.put(PATH, """
                    {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
                     "metadata": {"name": "loans", "namespace": "models"},
                     "spec": {"predictor": {"model": {"modelFormat": {"name": "lightgbm"},
                       "storageUri": "s3://models/loans/v1"}}}}
                    """);
            for (int i = 0; i <= LOOKS_UNTIL_READY; i++) {
                settle();
            }
        }

        ObjectNode predictor() {
            return (ObjectNode) cluster.objects.get(PATH).path("spec").path("predictor");
        }

        private int canary() {
            return predictor().path("canaryTrafficPercent").asInt(100);
        }

        @Override
        void settle() {
            String uri = predictor().path("model").path("storageUri").asText();
            boolean isNew =
                    revisions.isEmpty() || !revisions.get(revisions.size() - 1).equals(uri);
            age = isNew ? 0 : age + 1;
            if (isNew) {
                revisions.add(uri);
            } else if (age >= LOOKS_UNTIL_READY && !unable.contains(version(revisions.size() - 1))) {
                ready = revisions.size() - 1;
            }
            if (ready >= 0 && (canary() == 100 || rolledOut < 0)) {
                if (rolledOut != ready) {
                    before = rolledOut;
                    rolledOut = ready;
                }
            } else if (rolledOut == ready && ready == revisions.size() - 1 && before >= 0) {
                rolledOut = before; // rolled out, and then taken back
            }
            status();
        }

        private void status() {
            ObjectNode object = cluster.objects.get(PATH);
            ObjectNode status = object.putObject("status");
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asLong());
            status.putArray("conditions")
                    .addObject()
                    .put("type", "PredictorReady")
                    .put("status", ready == revisions.size() - 1 ? "True" : "Unknown");
            status.putObject("components")
                    .putObject("predictor")
                    .put("latestCreatedRevision", "loans-" + (revisions.size() - 1))
                    .put("latestReadyRevision", "loans-" + ready)
                    .put("latestRolledoutRevision", "loans-" + rolledOut);
        }

        private String version(int revision) {
            return revisions.get(revision).replace("s3://models/loans/", "");
        }

        @Override
        Map<String, Double> shares() {
            Map<String, Double> shares = new TreeMap<>();
            shares.merge(version(ready), (double) canary(), Double::sum);
            shares.merge(version(rolledOut), 100.0 - canary(), Double::sum);
            shares.values().removeIf(share -> share == 0);
            return shares;
        }

        @Override
        ServingTarget target() {
            TargetSpec.Kserve spec = new TargetSpec.Kserve("models", "loans", "s3://models/loans/{version}", null);
            return new KserveServerlessTarget(spec, new InferenceServices(spec, cluster.client));
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
            predictor().put("canaryTrafficPercent", 77);
            return true;
        }
    }
}
