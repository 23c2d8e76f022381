package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's route is applied, besides the topic that our own gateways follow. Exactly one is given. Addresses and
 * secrets are the deployer's settings, never the spec's: a spec stands on a topic.
 *
 * @param gateway our gateways, watched until they serve by the route
 * @param httpRoute the weights of a Gateway API {@code HTTPRoute}
 * @param kserve a KServe {@code InferenceService}
 * @param webhook a service of yours, told by signed requests
 * @param mlflow aliases in an MLflow model registry
 */
public record TargetSpec(
        @Nullable Gateway gateway,
        @Nullable HttpRoute httpRoute,
        @Nullable Kserve kserve,
        @Nullable Webhook webhook,
        @Nullable Mlflow mlflow) {
    /** What stands for the version's name in a template. */
    public static final String VERSION = "{version}";
    /** What stands for the artifact's digest in a template. */
    public static final String SHA256 = "{sha256}";

    private void check(String path) {
        long given = Stream.of(gateway, httpRoute, kserve, webhook, mlflow)
                .filter(Objects::nonNull)
                .count();
        Check.that(given == 1, path, "a target is exactly one of gateway, httpRoute, kserve, webhook, mlflow");
    }

    /** The target's name within its model, like {@code httpRoute:models/loans}. */
    public String id() {
        if (httpRoute != null) {
            return "httpRoute:" + httpRoute.namespace() + "/" + httpRoute.name();
        }
        if (kserve != null) {
            return "kserve:" + kserve.namespace() + "/" + kserve.name();
        }
        if (webhook != null) {
            return "webhook:" + webhook.name();
        }
        return mlflow == null ? "gateway" : "mlflow:" + mlflow.model();
    }

    /** Checks that each of a model's targets is one, and no two are the same. */
    static List<TargetSpec> checked(@Nullable List<TargetSpec> targets) {
        List<TargetSpec> given = targets == null ? List.of() : Check.filled("targets", targets);
        Check.that(given.size() <= 5, "targets", given.size() + " are above 5");
        for (int i = 0; i < given.size(); i++) {
            // not in the constructor: a mistyped key would be told as a missing one
            given.get(i).check("targets[" + i + "]");
            String id = given.get(i).id();
            long before =
                    given.subList(0, i).stream().filter(t -> t.id().equals(id)).count();
            Check.that(before == 0, "targets[" + i + "]", "'" + id + "' is named twice");
        }
        return given;
    }

    /** Checks that a model's targets can express its steps. */
    static void checkSteps(List<TargetSpec> targets, List<RolloutSpec.Step> steps) {
        if (targets.stream().noneMatch(target -> target.kserve() != null)) {
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            double percent = steps.get(i).weight().map(Share::percent).orElse(0.0);
            Check.that(
                    percent == Math.rint(percent),
                    "rollout.steps[" + i + "]",
                    percent + " % is not a whole percent, and KServe knows no other");
        }
    }

    private static void checkTells(String path, String template) {
        Check.that(
                Check.text(path, template).contains(VERSION) || template.contains(SHA256),
                path,
                "'" + template + "' is the same for every version; write {version} or {sha256} into it");
    }

    /** Our gateways, whose addresses are the setting {@code homeostat.targets.gateways}. Written {@code gateway: {}}. */
    public record Gateway() {}

    /**
     * The weights of every rule of a Gateway API {@code HTTPRoute}, which must exist.
     *
     * @param namespace of the route, its services and its deployments
     * @param name of the route
     * @param service template of the Service that serves a version, like {@code loans-{version}}
     * @param port of the services; default 8080
     * @param deployment template of the Deployment behind it; where given, it is woken before its version is routed to,
     *     and put to rest afterwards; default none: whoever runs the versions scales them
     * @param replicas with which a sleeping deployment is woken; default 1
     * @param stamp whether requests are given headers that say by which rollout, version and weight they came; default
     *     false: filters of a backend are not understood by every gateway
     */
    public record HttpRoute(
            String namespace,
            String name,
            String service,
            Integer port,
            @Nullable String deployment,
            Integer replicas,
            Boolean stamp) {
        public HttpRoute(
                @Nullable String namespace,
                @Nullable String name,
                @Nullable String service,
                @Nullable Integer port,
                @Nullable String deployment,
                @Nullable Integer replicas,
                @Nullable Boolean stamp) {
            this.namespace = Check.name("namespace", namespace);
            this.name = Check.name("name", name);
            this.service = Check.text("service", service);
            this.port = port == null ? 8080 : port;
            this.deployment = deployment;
            this.replicas = replicas == null ? 1 : replicas;
            this.stamp = stamp != null && stamp;
            checkTells("service", this.service);
            if (deployment != null) {
                checkTells("deployment", deployment);
            }
            Check.range("port", this.port, 1, 65_535);
            Check.range("replicas", this.replicas, 1, 1000);
        }
    }

    /**
     * A KServe {@code InferenceService}, which must exist.
     *
     * @param namespace its namespace
     * @param name its name
     * @param storageUri template of where a version's artifact is, like {@code s3://models/loans/{sha256}}
     * @param mode how a canary is written; default {@code serverless}
     */
    public record Kserve(String namespace, String name, String storageUri, Mode mode) {
        public Kserve(
                @Nullable String namespace, @Nullable String name, @Nullable String storageUri, @Nullable Mode mode) {
            this.namespace = Check.name("namespace", namespace);
            this.name = Check.name("name", name);
            this.storageUri = Check.text("storageUri", storageUri);
            this.mode = mode == null ? Mode.SERVERLESS : mode;
            checkTells("storageUri", this.storageUri);
        }

        /** How KServe deploys, and with it how a canary is written. */
        public enum Mode {
            /** Knative's revisions: {@code spec.predictor.canaryTrafficPercent}. */
            SERVERLESS,
            /** Deployments, from KServe 0.20 on: {@code spec.canary[]}. */
            STANDARD
        }
    }

    /**
     * A service of yours.
     *
     * @param name of the settings {@code homeostat.webhooks.NAME.url} and {@code .secret}
     */
    public record Webhook(String name) {
        public Webhook {
            Check.name("name", name);
        }
    }

    /**
     * A registered model in MLflow's registry, whose address is the setting {@code homeostat.mlflow.url}.
     *
     * @param model name of the registered model
     * @param source template of where a version's artifact is; where given, versions that are not registered are
     *     registered with it; default none: whoever makes the versions registers them, with the tag
     *     {@code homeostat.version}
     * @param champion alias of the version that serves; default {@code champion}
     * @param challenger alias of the version that is tried; default {@code challenger}
     */
    public record Mlflow(String model, @Nullable String source, String champion, String challenger) {
        public Mlflow(
                @Nullable String model,
                @Nullable String source,
                @Nullable String champion,
                @Nullable String challenger) {
            this.model = Check.text("model", model);
            this.source = source;
            this.champion = champion == null ? "champion" : Check.name("champion", champion);
            this.challenger = challenger == null ? "challenger" : Check.name("challenger", challenger);
            if (source != null) {
                checkTells("source", source);
            }
            Check.that(
                    !this.champion.equals(this.challenger),
                    "challenger",
                    "'" + this.challenger + "' is the champion's alias, too; give it one of its own");
        }
    }
}
