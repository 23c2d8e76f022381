package io.homeostat.study.pruner;

import io.homeostat.study.option.Named;
import io.homeostat.study.option.OptionException;
import io.homeostat.study.option.Registry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pruner by name with its options, written as {@code median} or {@code {median: {startupTrials: 8}}}. {@code auto}
 * picks one that fits: {@link AutoPruner}.
 *
 * @param name a registered name
 * @param options the pruner's own; those left out have its defaults
 */
public record PrunerSpec(String name, Map<String, Object> options) {
    private static final Registry<Pruner> REGISTRY = new Registry<>("pruner");

    // one line per pruner
    static {
        REGISTRY.put("asha", AshaPruner::new);
        REGISTRY.put("auto", AutoPruner::new);
        REGISTRY.put("extrapolation", ExtrapolationPruner::new);
        REGISTRY.put("hyperband", HyperbandPruner::new);
        REGISTRY.put("median", MedianPruner::new);
        REGISTRY.put("never", NeverPruner::new);
        REGISTRY.put("patient", PatientPruner::new);
        REGISTRY.put("percentile", PercentilePruner::new);
        REGISTRY.put("rush", RushPruner::new);
        REGISTRY.put("successive-halving", SuccessiveHalvingPruner::new);
        REGISTRY.put("threshold", ThresholdPruner::new);
        REGISTRY.put("wilcoxon", WilcoxonPruner::new);
    }

    /**
     * @throws OptionException naming the known pruners, or the option that is wrong
     */
    public PrunerSpec {
        Named named = REGISTRY.checked(name, options);
        name = named.name();
        options = named.options();
    }

    /** The names that are registered, in order. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * Reads a name, or a map of one name to its options.
     *
     * @throws OptionException naming the known pruners, or the option that is wrong
     */
    public static PrunerSpec parse(@Nullable Object raw) {
        Named named = REGISTRY.parse(raw);
        return new PrunerSpec(named.name(), named.options());
    }

    /** The written form that {@link #parse} reads. */
    public Object toPlain() {
        return new Named(name, options).toPlain();
    }

    /** The pruner. */
    public Pruner pruner() {
        return REGISTRY.make(name, options);
    }

    @Override
    public String toString() {
        return String.valueOf(toPlain());
    }
}
