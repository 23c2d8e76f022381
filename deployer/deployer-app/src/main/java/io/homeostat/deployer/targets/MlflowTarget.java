package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.deployer.targets.MlflowRegistry.ModelVersion;
import io.homeostat.deployer.targets.MlflowRegistry.RegisteredModel;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Aliases in MLflow's registry: {@code champion} is the version that serves, {@code challenger} the one that is tried.
 * An alias has no weight, so shares are not expressed here: whoever loads {@code models:/loans@champion} gets the champion.
 * MLflow numbers its versions; ours are found by their tag {@value #VERSION_TAG}.
 */
final class MlflowTarget implements ServingTarget {
    static final String VERSION_TAG = "homeostat.version";
    static final String REVISION_TAG = "homeostat.revision";

    private final TargetSpec.Mlflow spec;
    private final MlflowRegistry registry;

    MlflowTarget(TargetSpec.Mlflow spec, MlflowRegistry registry) {
        this.spec = spec;
        this.registry = registry;
    }

    @Override
    public Observed wanted(Route route) {
        return new Observed(route.revision(), 100, 0, 0, route.challenger() != null);
    }

    @Override
    public Observed observe(Route route) {
        RegisteredModel model = registry.model(spec.model()).orElseGet(() -> new RegisteredModel(Map.of(), Map.of()));
        String champion = model.aliases().get(spec.champion());
        String challenger = model.aliases().get(spec.challenger());
        boolean serves = champion != null && champion.equals(numberOf(route.champion()));
        boolean present = route.challenger() == null
                ? challenger != null
                : challenger != null && challenger.equals(numberOf(route.challenger()));
        return new Observed(revision(model), serves ? 100 : 0, 0, champion == null || serves ? 0 : 100, present);
    }

    private static long revision(RegisteredModel model) {
        String tag = model.tags().getOrDefault(REVISION_TAG, "0");
        return tag.matches("\\d{1,18}") ? Long.parseLong(tag) : 0;
    }

    private @Nullable String numberOf(Route.Target version) {
        return found(version).map(ModelVersion::number).orElse(null);
    }

    private Optional<ModelVersion> found(Route.Target version) {
        return registry.version(spec.model(), VERSION_TAG, version.version());
    }

    @Override
    public Readiness ready(Route route, Route.Target version, double percentNow) {
        Optional<ModelVersion> found = found(version);
        if (found.isEmpty() && spec.source() != null) {
            if (registry.model(spec.model()).isEmpty()) {
                registry.create(spec.model());
            }
            registry.createVersion(spec.model(), Template.text(spec.source(), version), VERSION_TAG, version.version());
            found = found(version);
        }
        if (found.isEmpty()) {
            return Readiness.waiting("no version of '" + spec.model() + "' in MLflow has the tag " + VERSION_TAG + "="
                    + version.version() + "; register it, or name its source in the spec");
        }
        String status = found.get().status();
        return status.equals("READY")
                ? Readiness.DONE
                : Readiness.waiting(version.version() + " is " + status + " in MLflow");
    }

    @Override
    public void route(Route route) {
        registry.setAlias(spec.model(), spec.champion(), number(route.champion()));
        Route.Target challenger = route.challenger();
        if (challenger == null) {
            registry.deleteAlias(spec.model(), spec.challenger());
        } else {
            registry.setAlias(spec.model(), spec.challenger(), number(challenger));
        }
        registry.setTag(spec.model(), REVISION_TAG, Long.toString(route.revision()));
    }

    private String number(Route.Target version) {
        return found(version)
                .orElseThrow(() -> new TargetException("no version of '" + spec.model() + "' in MLflow has the tag "
                        + VERSION_TAG + "=" + version.version()))
                .number();
    }

    @Override
    public Readiness scale(Route route) {
        return Readiness.DONE;
    }
}
