package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.Route.Target;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.targets.InferenceServices.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * KServe on Deployments, from 0.20 on: {@code spec.predictor} is the champion, an entry of {@code spec.canary[]} the
 * challenger with its {@code trafficPercent}. A promotion gives the predictor the canary's name, so that its pods go on;
 * taking the entry out gives all traffic back. At 0 % the challenger is up without a share. Whole percents only; a finer
 * share is rounded down.
 */
final class KserveStandardTarget implements ServingTarget {
    private final TargetSpec.Kserve spec;
    private final InferenceServices services;

    KserveStandardTarget(TargetSpec.Kserve spec, InferenceServices services) {
        this.spec = spec;
        this.services = services;
    }

    @Override
    public Observed wanted(Route route) {
        int percent = percent(route);
        return new Observed(
                route.revision(), 100 - percent, percent, 0, Observed.of(route).challengerPresent());
    }

    private static int percent(Route route) {
        return (int) Math.floor(route.challengerPercent());
    }

    @Override
    public Observed observe(Route route) {
        Service service = services.get();
        String challengerUri = route.challenger() == null ? "" : uri(route.challenger());
        List<Map<String, Object>> canaries = service.list("spec", "canary");
        double challenger = 0;
        double others = 0;
        for (Map<String, Object> canary : canaries) {
            double percent = canary.get("trafficPercent") instanceof Number n ? n.doubleValue() : 0;
            if (uriOf(canary).equals(challengerUri)) {
                challenger += percent;
            } else {
                others += percent;
            }
        }
        double stable = 100 - challenger - others;
        boolean serves = uri(route.champion()).equals(service.storageUri());
        boolean present = route.challenger() == null
                ? !canaries.isEmpty()
                : canaries.stream().anyMatch(c -> uriOf(c).equals(challengerUri));
        return new Observed(
                service.revision(), serves ? stable : 0, challenger, serves ? others : others + stable, present);
    }

    private static String uriOf(Map<String, Object> canary) {
        return canary.get("predictor") instanceof Map<?, ?> predictor
                        && predictor.get("model") instanceof Map<?, ?> model
                ? Objects.toString(model.get("storageUri"), "")
                : "";
    }

    private String uri(Target version) {
        return Template.text(spec.storageUri(), version);
    }

    @Override
    public Readiness ready(Route route, Target version, double percentNow) {
        Service service = services.get();
        if (uri(version).equals(service.storageUri())) {
            return ready(service, "PredictorReady", version);
        }
        boolean there = service.list("spec", "canary").stream().anyMatch(c -> uriOf(c).equals(uri(version)));
        if (there) {
            return ready(service, "CanaryReady", version);
        }
        if (version.equals(route.challenger())) {
            Map<String, Object> fields =
                    predictor(service.text("spec", "predictor", "name").orElse(""), service.storageUri());
            apply(service, service.revision(), fields, List.of(canary(service, version, 0)));
            return Readiness.waiting(version.version() + " is started by KServe with no share");
        }
        // a champion that is new here: KServe rolls its deployment over when its pods are ready
        return Readiness.DONE;
    }

    private static Readiness ready(Service service, String condition, Target version) {
        return service.holds(condition)
                ? Readiness.DONE
                : Readiness.waiting(version.version() + " is not ready: KServe does not say " + condition);
    }

    @Override
    public void route(Route route) {
        Service service = services.get();
        String champion = uri(route.champion());
        String name = service.list("spec", "canary").stream()
                .filter(c -> uriOf(c).equals(champion))
                .findFirst()
                .map(c -> Template.label("{version}", route.champion()))
                .orElseGet(() -> service.text("spec", "predictor", "name").orElse(""));
        Target challenger = route.challenger();
        List<Map<String, Object>> canaries =
                challenger == null || !Observed.of(route).challengerPresent()
                        ? List.of()
                        : List.of(canary(service, challenger, percent(route)));
        apply(service, route.revision(), predictor(name, champion), canaries);
    }

    private static Map<String, Object> predictor(String name, String storageUri) {
        Map<String, Object> predictor = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            predictor.put("name", name);
        }
        predictor.put("model", Map.of("storageUri", storageUri));
        return predictor;
    }

    private Map<String, Object> canary(Service service, Target version, int percent) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("modelFormat", service.map("spec", "predictor", "model", "modelFormat"));
        model.put("storageUri", uri(version));
        return Map.of(
                "trafficPercent",
                percent,
                "predictor",
                Map.of("name", Template.label("{version}", version), "model", model));
    }

    private void apply(Service seen, long revision, Map<String, Object> predictor, List<Map<String, Object>> canaries) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("predictor", predictor));
        if (!canaries.isEmpty()) {
            fields.put("canary", canaries);
        }
        services.apply(seen, revision > 0 ? Map.of(Kubernetes.REVISION, Long.toString(revision)) : Map.of(), fields);
    }

    @Override
    public Readiness scale(Route route) {
        // what no entry names is taken down by KServe
        return Readiness.DONE;
    }
}
