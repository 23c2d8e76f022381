package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cluster with a route and a deployment for each version, of which the first alone is awake. */
class HttpRouteTargetTest extends ServingTargetContract {
    @Override
    World open() {
        return new Cluster(true);
    }

    @Test
    void sleepingVersionsAreWokenAndThoseThatAreNotNamedRest() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), serves(1, "v1"));
        assertThat(cluster.replicas("v2")).isZero();
        apply(world.target(), shared(2, "v1", "v2", 10));
        assertThat(cluster.replicas("v2")).isEqualTo(2);
        // when
        apply(world.target(), serves(3, "v1"));
        // then
        assertThat(cluster.replicas("v1")).isEqualTo(3);
        assertThat(cluster.replicas("v2")).isZero();
        assertThat(cluster.replicas("other-model")).isEqualTo(1);
    }

    @Test
    void restIsReachedAlsoWhenTheProcessDiedAfterTheRoute() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), shared(2, "v1", "v2", 10));
        // when: the route is written, the process dies before it scales
        world.target().route(serves(3, "v1"));
        apply(world.target(), serves(3, "v1"));
        // then
        assertThat(cluster.replicas("v2")).isZero();
    }

    @Test
    void shadowIsAMirrorAndAllElseInTheRulesStays() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), serves(1, "v1"));
        // when
        apply(world.target(), shared(2, "v1", "v2", 0));
        // then
        for (JsonNode rule : cluster.rules()) {
            assertThat(rule.path("matches").get(0).path("path").path("value").asText())
                    .startsWith("/loans");
            assertThat(rule.path("filters").toString())
                    .contains("URLRewrite", "\"RequestMirror\"", "\"name\":\"loans-v2\"");
        }
        apply(world.target(), shared(3, "v1", "v2", 2.5));
        assertThat(cluster.rules().get(0).path("backendRefs").toString()).contains("\"weight\":9750", "\"weight\":250");
        assertThat(cluster.rules().toString()).doesNotContain("RequestMirror");
    }

    @Test
    void requestsOfARolloutAreStampedForTheServersThatAnswer() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), shared(2, "v1", "v2", 10));
        // then
        JsonNode candidate = cluster.rules().get(1).path("backendRefs").get(1);
        assertThat(candidate
                        .path("filters")
                        .get(0)
                        .path("requestHeaderModifier")
                        .path("set"))
                .extracting(header -> header.path("name").asText() + "="
                        + header.path("value").asText())
                .containsExactly(
                        "Homeostat-Rollout=r-1",
                        "Homeostat-Version=v2",
                        "Homeostat-Arm=candidate",
                        "Homeostat-Weight=10.0");
        apply(world.target(), serves(3, "v1"));
        assertThat(cluster.rules().toString()).doesNotContain("Homeostat-");
    }

    @Test
    void withoutDeploymentsTheEndpointsOfTheServiceCount() {
        world.close();
        world = new Cluster(false);
        apply(world.target(), serves(1, "v1"));
        world.answers("v2", false);
        Outcome outcome = attempt(world.target(), shared(2, "v1", "v2", 10));
        assertThat(outcome.reason()).isEqualTo("Service models/loans-v2 has no ready endpoint");
        // when
        world.answers("v2", true);
        // then
        apply(world.target(), shared(2, "v1", "v2", 10));
    }

    @Test
    void whatSomebodyElseWritesInBetweenIsNotOverwritten() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), serves(1, "v1"));
        cluster.cluster.meanwhile = () -> {
            cluster.cluster.meanwhile = () -> {};
            ((ObjectNode) cluster.rules().get(0)).put("name", "a-new-field-of-theirs");
            cluster.cluster.stamped(cluster.cluster.objects.get(Cluster.ROUTE), true);
        };
        // when
        Outcome outcome = Reconciler.reconcile(world.target(), shared(2, "v1", "v2", 0));
        for (int i = 0; i < 3 && outcome instanceof Outcome.Waiting; i++) {
            world.settle();
            outcome = Reconciler.reconcile(world.target(), shared(2, "v1", "v2", 0));
        }
        // then
        assertThat(outcome.reason()).contains("somebody else changed it meanwhile");
        apply(world.target(), shared(2, "v1", "v2", 0));
        assertThat(cluster.rules().get(0).path("name").asText()).isEqualTo("a-new-field-of-theirs");
    }

    @Test
    void wayBackDoesNotWaitForEveryPodOfAChampionThatServes() {
        Cluster cluster = (Cluster) world;
        apply(world.target(), serves(1, "v1"));
        apply(world.target(), shared(2, "v1", "v2", 10));
        // when: two of the champion's three pods restart
        cluster.restarting.put("v1", 2);
        world.settle();
        // then
        apply(world.target(), serves(3, "v1"));
        assertThat(world.shares()).isEqualTo(Map.of("v1", 100.0));
        // and a version that comes in is waited for to the last pod
        cluster.restarting.put("v2", 1);
        Outcome outcome = new Outcome.Waiting("");
        for (int i = 0; i < 3; i++) {
            outcome = attempt(world.target(), shared(4, "v1", "v2", 10));
        }
        assertThat(outcome.reason()).isEqualTo("Deployment models/loans-v2 has 1 of 2 replicas ready");
    }

    @Test
    void missingRouteIsToldWithAWayOut() {
        Cluster cluster = (Cluster) world;
        cluster.cluster.objects.remove(Cluster.ROUTE);
        // when
        Outcome outcome = Reconciler.reconcile(world.target(), serves(1, "v1"));
        // then
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.reason()).contains("HTTPRoute models/loans is not there; create it");
    }

    @Test
    void missingRightsAreTold() {
        world.outage(403);
        assertThat(Reconciler.reconcile(world.target(), serves(1, "v1")).reason())
                .contains("HTTPRoute models/loans", "service account is not allowed");
    }

    private static final class Cluster extends ClusterWorld {
        static final String ROUTE = "/apis/gateway.networking.k8s.io/v1/namespaces/models/httproutes/loans";
        private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/models/deployments/";
        private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/models/endpointslices/";

        final Map<String, Integer> restarting = new HashMap<>();
        private final Set<String> unable = new HashSet<>();
        private final boolean deployments;

        Cluster(boolean deployments) {
            this.deployments = deployments;
            cluster.put(ROUTE, """
                    {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
                     "metadata": {"name": "loans", "namespace": "models", "annotations": {"team": "risk"}},
                     "spec": {"parentRefs": [{"name": "public"}], "rules": [
                       {"matches": [{"path": {"type": "PathPrefix", "value": "/loans"}}],
                        "filters": [{"type": "URLRewrite", "urlRewrite": {"hostname": "inside"}}],
                        "backendRefs": [{"name": "loans-v1", "port": 8080}]},
                       {"matches": [{"path": {"type": "PathPrefix", "value": "/loans/v2"}}],
                        "filters": [{"type": "URLRewrite", "urlRewrite": {"hostname": "inside"}}],
                        "backendRefs": [{"name": "loans-old", "port": 8080}]}]}}
                    """);
            for (String version : new String[] {"v1", "v2", "v3"}) {
                deployment("loans-" + version, "loans", version.equals("v1") ? 3 : 0);
                slice(version, true);
            }
            deployment("loans-other-model", "cars", 1);
            settle();
        }

        private void deployment(String name, String model, int replicas) {
            cluster.put(DEPLOYMENTS + name, """
                    {"apiVersion": "apps/v1", "kind": "Deployment",
                     "metadata": {"name": "%s", "namespace": "models", "labels": {"homeostat.io/model": "%s"}},
                     "spec": {"replicas": %d}, "status": {}}
                    """.formatted(name, model, replicas));
        }

        private void slice(String version, boolean ready) {
            cluster.put(SLICES + "loans-" + version + "-abc", """
                    {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                     "metadata": {"name": "loans-%s-abc", "labels": {"kubernetes.io/service-name": "loans-%s"}},
                     "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": %b}}]}
                    """.formatted(version, version, ready));
        }

        JsonNode rules() {
            return cluster.objects.get(ROUTE).path("spec").path("rules");
        }

        int replicas(String version) {
            return cluster.objects
                    .get(DEPLOYMENTS + "loans-" + version)
                    .path("spec")
                    .path("replicas")
                    .asInt();
        }

        @Override
        void settle() {
            cluster.objects.forEach((path, object) -> {
                if (path.startsWith(DEPLOYMENTS)) {
                    String version = path.substring((DEPLOYMENTS + "loans-").length());
                    ((ObjectNode) object.get("status"))
                            .put(
                                    "readyReplicas",
                                    unable.contains(version)
                                            ? 0
                                            : Math.max(0, replicas(version) - restarting.getOrDefault(version, 0)));
                }
            });
        }

        @Override
        ServingTarget target() {
            return new HttpRouteTarget(
                    new TargetSpec.HttpRoute(
                            "models",
                            "loans",
                            "loans-{version}",
                            null,
                            deployments ? "loans-{version}" : null,
                            2,
                            true),
                    cluster.client);
        }

        /** What the first rule gives; the second must give the same. */
        @Override
        Map<String, Double> shares() {
            Map<String, Double> first = shares(rules().get(0));
            Map<String, Double> second = shares(rules().get(1));
            return first.equals(second) ? first : Map.of("the rules differ", 100.0);
        }

        private static Map<String, Double> shares(JsonNode rule) {
            Map<String, Double> shares = new HashMap<>();
            double all = 0;
            for (JsonNode ref : rule.path("backendRefs")) {
                all += ref.path("weight").asInt(1);
            }
            for (JsonNode ref : rule.path("backendRefs")) {
                double share = 100 * ref.path("weight").asInt(1) / all;
                if (share > 0) {
                    shares.put(ref.path("name").asText().replace("loans-", ""), share);
                }
            }
            return shares;
        }

        @Override
        void answers(String version, boolean can) {
            if (can) {
                unable.remove(version);
            } else {
                unable.add(version);
            }
            slice(version, can);
            settle();
        }

        @Override
        boolean meddle() {
            ((ObjectNode) ((ArrayNode) rules().get(1).path("backendRefs")).get(0)).put("name", "loans-by-hand");
            return true;
        }
    }
}
