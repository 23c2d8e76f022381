package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Kubernetes.asked;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.HashSet;
import java.util.Set;

/** The pods behind the services of a {@code HTTPRoute}: whether they can answer, woken before and put to rest after. */
final class Workloads {
    private static final String SERVICE_OF = "kubernetes.io/service-name";

    private static final double MOST_OF_IT = 50;

    private final TargetSpec.HttpRoute spec;
    private final KubernetesClient client;

    Workloads(TargetSpec.HttpRoute spec, KubernetesClient client) {
        this.spec = spec;
        this.client = client;
    }

    Readiness ready(Route.Target version, double percentNow) {
        return spec.deployment() == null
                ? endpoints(Template.label(spec.service(), version))
                : deployment(Template.label(spec.deployment(), version), percentNow);
    }

    /** A service that somebody else runs is ready when one of its endpoints is. */
    private Readiness endpoints(String service) {
        EndpointSliceList slices = asked(
                "EndpointSlices of " + spec.namespace() + "/" + service,
                () -> client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(spec.namespace())
                        .withLabel(SERVICE_OF, service)
                        .list());
        boolean ready = slices != null
                && slices.getItems().stream()
                        .flatMap(slice -> slice.getEndpoints().stream())
                        .anyMatch(endpoint -> endpoint.getConditions() != null
                                && Boolean.TRUE.equals(endpoint.getConditions().getReady()));
        return ready
                ? Readiness.DONE
                : Readiness.waiting("Service " + spec.namespace() + "/" + service + " has no ready endpoint");
    }

    /**
     * All replicas are wanted of a version that comes in. One that has half of the traffic already gets the rest while one
     * of them is ready: its load at most doubles, and a way back is not to wait for a pod that restarts.
     */
    private Readiness deployment(String name, double percentNow) {
        String what = "Deployment " + spec.namespace() + "/" + name;
        Deployment found = asked(
                what,
                () -> client.apps()
                        .deployments()
                        .inNamespace(spec.namespace())
                        .withName(name)
                        .get());
        if (found == null) {
            return Readiness.waiting(what + " is not there yet");
        }
        int wanted = replicas(found);
        if (wanted == 0) {
            scale(name, spec.replicas());
            return Readiness.waiting(what + " is woken with " + spec.replicas() + " replicas");
        }
        Integer ready = found.getStatus() == null ? null : found.getStatus().getReadyReplicas();
        int there = ready == null ? 0 : ready;
        return there >= (percentNow >= MOST_OF_IT ? 1 : wanted)
                ? Readiness.DONE
                : Readiness.waiting(what + " has " + there + " of " + wanted + " replicas ready");
    }

    private static int replicas(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /** Puts to rest the deployments of the model that a route does not name. */
    void rest(Route route) {
        if (spec.deployment() == null) {
            return;
        }
        Set<String> named = new HashSet<>(Set.of(Template.label(spec.deployment(), route.champion())));
        if (route.challenger() != null) {
            named.add(Template.label(spec.deployment(), route.challenger()));
        }
        DeploymentList all = asked(
                "Deployments of " + spec.namespace(),
                () -> client.apps()
                        .deployments()
                        .inNamespace(spec.namespace())
                        .withLabel(Kubernetes.MODEL, route.model())
                        .list());
        if (all != null) {
            all.getItems().stream()
                    .filter(d ->
                            replicas(d) > 0 && !named.contains(d.getMetadata().getName()))
                    .forEach(d -> scale(d.getMetadata().getName(), 0));
        }
    }

    private void scale(String name, int replicas) {
        asked(
                "Deployment " + spec.namespace() + "/" + name,
                () -> client.apps()
                        .deployments()
                        .inNamespace(spec.namespace())
                        .withName(name)
                        .scale(replicas));
    }
}
