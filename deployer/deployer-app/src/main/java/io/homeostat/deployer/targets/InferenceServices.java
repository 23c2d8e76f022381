package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Kubernetes.asked;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One KServe {@code InferenceService} as it is, and as we apply it: server-side, our fields alone. */
final class InferenceServices {
    private static final String GROUP = "serving.kserve.io";
    private static final String VERSION = "v1beta1";
    private static final String KIND = "InferenceService";
    private static final ResourceDefinitionContext TYPE = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion(VERSION)
            .withKind(KIND)
            .withPlural("inferenceservices")
            .withNamespaced(true)
            .build();

    private final TargetSpec.Kserve spec;
    private final KubernetesClient client;

    InferenceServices(TargetSpec.Kserve spec, KubernetesClient client) {
        this.spec = spec;
        this.client = client;
    }

    String what() {
        return KIND + " " + spec.namespace() + "/" + spec.name();
    }

    Service get() {
        GenericKubernetesResource found = asked(
                what(),
                () -> client.genericKubernetesResources(TYPE)
                        .inNamespace(spec.namespace())
                        .withName(spec.name())
                        .get());
        if (found == null) {
            throw new TargetException(
                    what() + " is not there; create it with predictor.model, see docs/guide/targets.md");
        }
        return new Service(found);
    }

    /** Applies our fields; those that were ours and are left out here are removed. */
    void apply(Service seen, Map<String, String> annotations, Map<String, Object> fields) {
        GenericKubernetesResource applied = new GenericKubernetesResource();
        applied.setApiVersion(GROUP + "/" + VERSION);
        applied.setKind(KIND);
        applied.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(spec.name())
                .withNamespace(spec.namespace())
                .withResourceVersion(seen.object.getMetadata().getResourceVersion())
                .withAnnotations(annotations)
                .build());
        applied.setAdditionalProperties(Map.of("spec", fields));
        asked(
                what(),
                () -> client.genericKubernetesResources(TYPE)
                        .inNamespace(spec.namespace())
                        .resource(applied)
                        .fieldManager(Kubernetes.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    /** What the API server says of it. */
    static final class Service {
        private final GenericKubernetesResource object;

        private Service(GenericKubernetesResource object) {
            this.object = object;
        }

        /** Text at a path of names; empty if nothing is there. */
        Optional<String> text(Object... path) {
            return Optional.ofNullable(object.<@Nullable Object>get(path)).map(String::valueOf);
        }

        /** Whole number at a path. */
        Optional<Integer> number(Object... path) {
            return text(path).map(Integer::parseInt);
        }

        /** List of objects at a path; empty if nothing is there. */
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> list(Object... path) {
            List<Map<String, Object>> found = object.get(path);
            return found == null ? List.of() : new ArrayList<>(found);
        }

        /** Object at a path; empty if nothing is there. */
        Map<String, Object> map(Object... path) {
            Map<String, Object> found = object.get(path);
            return found == null ? Map.of() : new HashMap<>(found);
        }

        String storageUri() {
            return text("spec", "predictor", "model", "storageUri").orElse("");
        }

        long revision() {
            return Kubernetes.revision(object.getMetadata().getAnnotations());
        }

        String annotation(String name) {
            Map<String, String> annotations = object.getMetadata().getAnnotations();
            return annotations == null ? "" : annotations.getOrDefault(name, "");
        }

        /** Whether KServe has looked at what we wrote last, and says that a condition holds. */
        boolean holds(String condition) {
            Long generation = object.getMetadata().getGeneration();
            long seen =
                    text("status", "observedGeneration").map(Long::parseLong).orElse(0L);
            return (generation == null || seen >= generation)
                    && list("status", "conditions").stream()
                            .anyMatch(c -> condition.equals(c.get("type")) && "True".equals(c.get("status")));
        }
    }
}
