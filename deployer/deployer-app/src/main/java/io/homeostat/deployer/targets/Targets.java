package io.homeostat.deployer.targets;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Makes a target of what a spec says, with the addresses and secrets of the settings. */
final class Targets {
    private static final String GATEWAYS = "homeostat.targets.gateways";

    private final Settings settings;
    private final HttpCalls http;
    private final Supplier<KubernetesClient> kubernetes;
    private final Clock clock;

    /** @param kubernetes the cluster's client, asked for when the first target in Kubernetes is made */
    Targets(Settings settings, HttpCalls http, Supplier<KubernetesClient> kubernetes, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.kubernetes = kubernetes;
        this.clock = clock;
    }

    ServingTarget of(TargetSpec spec) {
        if (spec.httpRoute() != null) {
            return new HttpRouteTarget(spec.httpRoute(), kubernetes.get());
        }
        if (spec.kserve() != null) {
            InferenceServices services = new InferenceServices(spec.kserve(), kubernetes.get());
            return switch (spec.kserve().mode()) {
                case SERVERLESS -> new KserveServerlessTarget(spec.kserve(), services);
                case STANDARD -> new KserveStandardTarget(spec.kserve(), services);
            };
        }
        if (spec.webhook() != null) {
            return WebhookTarget.of(spec.webhook().name(), settings, http, clock);
        }
        return spec.mlflow() != null
                ? new MlflowTarget(spec.mlflow(), new MlflowRegistry(settings, http))
                : new GatewayTarget(gateways(), http);
    }

    private List<URI> gateways() {
        try {
            return Arrays.stream(settings.needed(GATEWAYS).split(","))
                    .map(String::strip)
                    .map(URI::create)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new TargetException(
                    "the deployer's setting " + GATEWAYS + " is no list of addresses: write"
                            + " http://gateway-0:8080,http://gateway-1:8080",
                    e);
        }
    }
}
