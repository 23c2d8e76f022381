package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Kubernetes.asked;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeader;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilterBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a Gateway API {@code HTTPRoute}: every rule of it sends the champion and the challenger their shares, and
 * in a shadow step mirrors to the challenger. All else in the rules stays. Written by server-side apply as field manager
 * {@value Kubernetes#FIELD_MANAGER}, upon the very version of the object that was looked at.
 */
final class HttpRouteTarget implements ServingTarget {
    private static final String MIRROR = "RequestMirror";

    private final TargetSpec.HttpRoute spec;
    private final KubernetesClient client;
    private final Workloads workloads;

    HttpRouteTarget(TargetSpec.HttpRoute spec, KubernetesClient client) {
        this.spec = spec;
        this.client = client;
        this.workloads = new Workloads(spec, client);
    }

    @Override
    public Observed wanted(Route route) {
        return Observed.of(route);
    }

    @Override
    public Observed observe(Route route) {
        HTTPRoute found = found();
        List<HTTPRouteRule> rules = found.getSpec().getRules();
        if (rules == null || rules.isEmpty()) {
            throw new TargetException(what() + " has no rules; give it one, see docs/guide/targets.md");
        }
        List<Observed> seen = rules.stream().map(rule -> seen(rule, route)).toList();
        boolean present = seen.stream().allMatch(Observed::challengerPresent)
                || (route.challenger() == null && seen.stream().anyMatch(Observed::challengerPresent));
        // where rules differ, what all of them give; it is equal to nothing that is wanted
        return new Observed(
                Kubernetes.revision(found.getMetadata().getAnnotations()),
                seen.stream().mapToDouble(Observed::championPercent).min().orElse(0),
                seen.stream().mapToDouble(Observed::challengerPercent).min().orElse(0),
                seen.stream().mapToDouble(Observed::otherPercent).max().orElse(0),
                present);
    }

    private Observed seen(HTTPRouteRule rule, Route route) {
        String champion = service(route.champion());
        String challenger = route.challenger() == null ? "" : service(route.challenger());
        double all = 0;
        double championWeight = 0;
        double challengerWeight = 0;
        for (HTTPBackendRef ref : backends(rule)) {
            double weight = ref.getWeight() == null ? 1 : ref.getWeight();
            all += weight;
            championWeight += champion.equals(ref.getName()) ? weight : 0;
            challengerWeight += challenger.equals(ref.getName()) ? weight : 0;
        }
        double percent = all == 0 ? 0 : 100 / all;
        boolean mirrored = filters(rule).stream()
                .anyMatch(f -> MIRROR.equals(f.getType())
                        && (challenger.isEmpty() ? ours(f) : challenger.equals(mirrorsTo(f))));
        return new Observed(
                0,
                championWeight * percent,
                challengerWeight * percent,
                (all - championWeight - challengerWeight) * percent,
                mirrored || challengerWeight > 0);
    }

    @Override
    public Readiness ready(Route route, Route.Target version, double percentNow) {
        return workloads.ready(version, percentNow);
    }

    @Override
    public void route(Route route) {
        HTTPRoute found = found();
        HTTPRoute applied = new HTTPRouteBuilder()
                .withNewMetadata()
                .withName(spec.name())
                .withNamespace(spec.namespace())
                .withResourceVersion(found.getMetadata().getResourceVersion())
                .addToAnnotations(Kubernetes.REVISION, Long.toString(route.revision()))
                .endMetadata()
                .withNewSpec()
                .withRules(found.getSpec().getRules().stream()
                        .map(rule -> shared(rule, route))
                        .toList())
                .endSpec()
                .build();
        asked(
                what(),
                () -> client.resource(applied)
                        .fieldManager(Kubernetes.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    private HTTPRouteRule shared(HTTPRouteRule rule, Route route) {
        List<HTTPRouteFilter> filters =
                new ArrayList<>(filters(rule).stream().filter(f -> !ours(f)).toList());
        Route.Target challenger = route.challenger();
        if (challenger != null && Kubernetes.shadows(route)) {
            filters.add(mirror(challenger));
        }
        return new HTTPRouteRuleBuilder(rule)
                .withBackendRefs(backends(route))
                .withFilters(filters)
                .build();
    }

    private List<HTTPBackendRef> backends(Route route) {
        double percent = route.challengerPercent();
        // whole percents as such, finer ones in hundredths
        int parts = percent == Math.rint(percent) ? 100 : 10_000;
        int weight = (int) Math.round(percent * parts / 100);
        List<HTTPBackendRef> backends =
                new ArrayList<>(List.of(backend(route, route.champion(), "stable", parts - weight)));
        if (route.challenger() != null && weight > 0) {
            backends.add(backend(route, route.challenger(), "candidate", weight));
        }
        return backends;
    }

    private HTTPBackendRef backend(Route route, Route.Target version, String arm, int weight) {
        HTTPBackendRefBuilder backend = new HTTPBackendRefBuilder()
                .withName(service(version))
                .withPort(spec.port())
                .withWeight(weight);
        if (spec.stamp() && route.rolloutId() != null) {
            backend.addToFilters(stamp(route, route.rolloutId(), version, arm));
        }
        return backend.build();
    }

    /** Lets the server that answers say in its prediction event by which rollout and weight it was asked. */
    private static HTTPRouteFilter stamp(Route route, String rolloutId, Route.Target version, String arm) {
        return new HTTPRouteFilterBuilder()
                .withType("RequestHeaderModifier")
                .withNewRequestHeaderModifier()
                .addToSet(new HTTPHeader("Homeostat-Rollout", rolloutId))
                .addToSet(new HTTPHeader("Homeostat-Version", version.version()))
                .addToSet(new HTTPHeader("Homeostat-Arm", arm))
                .addToSet(new HTTPHeader("Homeostat-Weight", Double.toString(route.challengerPercent())))
                .endRequestHeaderModifier()
                .build();
    }

    private HTTPRouteFilter mirror(Route.Target version) {
        return new HTTPRouteFilterBuilder()
                .withType(MIRROR)
                .withNewRequestMirror()
                .withNewBackendRef()
                .withName(service(version))
                .withPort(spec.port())
                .endBackendRef()
                .endRequestMirror()
                .build();
    }

    /** Whether a filter mirrors to a version of this model. */
    private boolean ours(HTTPRouteFilter filter) {
        if (!MIRROR.equals(filter.getType())) {
            return false;
        }
        String[] around = spec.service().split("\\{(version|sha256)}", 2);
        return mirrorsTo(filter).startsWith(around[0]) && mirrorsTo(filter).endsWith(around[1]);
    }

    private static String mirrorsTo(HTTPRouteFilter filter) {
        return filter.getRequestMirror() == null || filter.getRequestMirror().getBackendRef() == null
                ? ""
                : String.valueOf(filter.getRequestMirror().getBackendRef().getName());
    }

    @Override
    public Readiness scale(Route route) {
        workloads.rest(route);
        return Readiness.DONE;
    }

    private HTTPRoute found() {
        HTTPRoute found = asked(
                what(),
                () -> client.resources(HTTPRoute.class)
                        .inNamespace(spec.namespace())
                        .withName(spec.name())
                        .get());
        if (found == null) {
            throw new TargetException(
                    what() + " is not there; create it with its parentRefs and rules, see docs/guide/targets.md");
        }
        return found;
    }

    private String what() {
        return "HTTPRoute " + spec.namespace() + "/" + spec.name();
    }

    private String service(Route.Target version) {
        return Template.label(spec.service(), version);
    }

    private static List<HTTPBackendRef> backends(HTTPRouteRule rule) {
        return rule.getBackendRefs() == null ? List.of() : rule.getBackendRefs();
    }

    private static List<HTTPRouteFilter> filters(HTTPRouteRule rule) {
        return rule.getFilters() == null ? List.of() : rule.getFilters();
    }
}
