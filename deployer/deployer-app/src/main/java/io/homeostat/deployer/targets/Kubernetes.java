package io.homeostat.deployer.targets;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.homeostat.backbone.event.Route;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What our objects in Kubernetes have in common: who wrote them, by which route, and how refusals are told. */
final class Kubernetes {
    /** Who owns the fields that we apply. */
    static final String FIELD_MANAGER = "homeostat";
    /** Annotation: the revision of the route that was applied last. */
    static final String REVISION = "homeostat.io/revision";
    /** Label of a deployment: the model that it serves a version of. */
    static final String MODEL = "homeostat.io/model";

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private Kubernetes() {}

    static long revision(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? "" : annotations.getOrDefault(REVISION, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Calls the API server; its refusals in one line. */
    static <T> @Nullable T asked(String what, Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw new TargetException(what + ": " + told(e), e);
        }
    }

    private static String told(KubernetesClientException e) {
        return switch (e.getCode()) {
            case 0 -> "the API server does not answer";
            case FORBIDDEN ->
                "the deployer's service account is not allowed to; see the roles in docs/guide/targets.md";
            case CONFLICT -> "somebody else changed it meanwhile";
            default ->
                "the API server answered with status " + e.getCode()
                        + (e.getStatus() == null || e.getStatus().getMessage() == null
                                ? ""
                                : ": " + e.getStatus().getMessage());
        };
    }

    /** Whether somebody is tried by a route, with a share or without. */
    static boolean shadows(Route route) {
        return route.challenger() != null && route.shadow() && route.challengerPercent() == 0;
    }
}
