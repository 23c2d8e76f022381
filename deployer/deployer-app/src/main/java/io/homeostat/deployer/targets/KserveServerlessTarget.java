package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.Route.Target;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.targets.InferenceServices.Service;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * KServe on Knative: the newest revision, made of {@code spec.predictor}, gets {@code canaryTrafficPercent}, and the
 * revision that had all traffic before gets the rest. Whole percents only; a finer share is rounded down.
 *
 * <p>A candidate's revision is made at 0 % and gets its share when KServe calls it ready. On the way back the share is set
 * to 0 first, which gives all traffic to the rolled-out revision of the champion at once. Then the champion's artifact is
 * put back, still at 0 %, and the canary ends when that is ready: to end it earlier would give all traffic to the newest
 * ready revision, the candidate's. Who has been rolled out is noted in the annotation {@value #ROLLED_OUT}.
 *
 * <p>There is no mirror: a shadow step does nothing here.
 */
final class KserveServerlessTarget implements ServingTarget {
    static final String ROLLED_OUT = "homeostat.io/rolled-out";

    private static final int ALL = 100;

    private final TargetSpec.Kserve spec;
    private final InferenceServices services;

    KserveServerlessTarget(TargetSpec.Kserve spec, InferenceServices services) {
        this.spec = spec;
        this.services = services;
    }

    @Override
    public Observed wanted(Route route) {
        int percent = percent(route);
        return new Observed(route.revision(), ALL - percent, percent, 0, percent > 0);
    }

    private static int percent(Route route) {
        return (int) Math.floor(route.challengerPercent());
    }

    @Override
    public Observed observe(Route route) {
        Service service = services.get();
        int newest = canary(service);
        double champion = 0;
        double challenger = 0;
        if (isNewest(service, route.champion())) {
            champion += newest;
        } else if (route.challenger() != null && isNewest(service, route.challenger())) {
            challenger += newest;
        }
        String rolledOut = service.annotation(ROLLED_OUT);
        if (rolledOut.equals(route.champion().version())) {
            champion += ALL - newest;
        } else if (route.challenger() != null
                && rolledOut.equals(route.challenger().version())) {
            challenger += ALL - newest;
        }
        return new Observed(service.revision(), champion, challenger, ALL - champion - challenger, challenger > 0);
    }

    private static int canary(Service service) {
        return service.number("spec", "predictor", "canaryTrafficPercent").orElse(ALL);
    }

    private boolean isNewest(Service service, Target version) {
        return uri(version).equals(service.storageUri());
    }

    private String uri(Target version) {
        return Template.text(spec.storageUri(), version);
    }

    @Override
    public Readiness ready(Route route, Target version, double percentNow) {
        Service service = services.get();
        if (isNewest(service, version)) {
            return newestReady(service, version);
        }
        boolean isChallenger = version.equals(route.challenger());
        if (!isChallenger) {
            // a champion that is rolled out can answer; one that is new here is brought in by KServe once it is ready
            return Readiness.DONE;
        }
        apply(service, service.revision(), route.champion().version(), version, 0);
        return Readiness.waiting(version.version() + " is started by KServe with no share");
    }

    private static Readiness newestReady(Service service, Target version) {
        Optional<String> created = service.text("status", "components", "predictor", "latestCreatedRevision");
        Optional<String> ready = service.text("status", "components", "predictor", "latestReadyRevision");
        return service.holds("PredictorReady") && created.equals(ready)
                ? Readiness.DONE
                : Readiness.waiting(version.version() + " is not ready: KServe made " + created.orElse("nothing")
                        + ", ready is " + ready.orElse("none"));
    }

    @Override
    public void route(Route route) {
        Service service = services.get();
        int percent = percent(route);
        Target challenger = route.challenger();
        String rolledOut = service.annotation(ROLLED_OUT);
        if (challenger != null && percent > 0) {
            apply(service, route.revision(), route.champion().version(), challenger, percent);
        } else if (isNewest(service, route.champion())
                || !rolledOut.equals(route.champion().version())) {
            boolean back = rolledOut.equals(route.champion().version()) && canary(service) < ALL;
            apply(service, route.revision(), rolledOut, route.champion(), back ? canary(service) : null);
        } else {
            // the candidate's artifact stays for now, without a share
            applyUri(service, route.revision(), rolledOut, service.storageUri(), 0);
        }
    }

    @Override
    public Readiness scale(Route route) {
        if (percent(route) > 0) {
            return Readiness.DONE;
        }
        Service service = services.get();
        String champion = route.champion().version();
        if (!isNewest(service, route.champion())) {
            apply(service, route.revision(), champion, route.champion(), 0);
            return Readiness.waiting(champion + " serves; its artifact is put back as the newest");
        }
        if (canary(service) == ALL) {
            return Readiness.DONE;
        }
        Readiness newest = newestReady(service, route.champion());
        if (newest.done()) {
            apply(service, route.revision(), champion, route.champion(), null);
        }
        return newest;
    }

    private void apply(Service seen, long revision, String rolledOut, Target newest, @Nullable Integer percent) {
        applyUri(seen, revision, rolledOut, uri(newest), percent);
    }

    private void applyUri(Service seen, long revision, String rolledOut, String uri, @Nullable Integer percent) {
        Map<String, Object> predictor = new LinkedHashMap<>();
        if (percent != null && percent < ALL) {
            predictor.put("canaryTrafficPercent", percent);
        }
        predictor.put("model", Map.of("storageUri", uri));
        Map<String, String> annotations = new HashMap<>();
        if (revision > 0) {
            annotations.put(Kubernetes.REVISION, Long.toString(revision));
        }
        if (!rolledOut.isEmpty()) {
            annotations.put(ROLLED_OUT, rolledOut);
        }
        services.apply(seen, annotations, Map.of("predictor", predictor));
    }
}
