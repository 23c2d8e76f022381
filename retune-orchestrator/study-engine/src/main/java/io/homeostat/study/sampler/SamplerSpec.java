package io.homeostat.study.sampler;

import io.homeostat.study.option.Named;
import io.homeostat.study.option.OptionException;
import io.homeostat.study.option.Registry;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sampler by name with its options, written as {@code tpe} or {@code {tpe: {startupTrials: 20}}}. {@code auto} runs
 * several side by side, see {@link AutoSampler}.
 *
 * @param name a registered name
 * @param options the sampler's own; those left out have its defaults
 */
public record SamplerSpec(String name, Map<String, Object> options) {
    private static final Registry<Sampler> REGISTRY = new Registry<>("sampler");

    // one line per sampler
    static {
        REGISTRY.put("auto", AutoSampler::new);
        REGISTRY.put("bohb", BohbSampler::new);
        REGISTRY.put("cmaes", CmaEsSampler::new);
        REGISTRY.put("de", DifferentialEvolutionSampler::new);
        REGISTRY.put("gp", GpSampler::new);
        REGISTRY.put("grid", GridSampler::new);
        REGISTRY.put("nsga2", NsgaSampler::second);
        REGISTRY.put("nsga3", NsgaSampler::third);
        REGISTRY.put("pbt", PbtSampler::new);
        REGISTRY.put("promoting", PromotingSampler::new);
        REGISTRY.put("random", RandomSampler::new);
        REGISTRY.put("repeating", RepeatingSampler::new);
        REGISTRY.put("sobol", options -> new SobolSampler());
        REGISTRY.put("tpe", TpeSampler::new);
    }

    /**
     * @throws OptionException naming the known samplers, or the option that is wrong
     */
    public SamplerSpec {
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
     * @throws OptionException naming the known samplers, or the option that is wrong
     */
    public static SamplerSpec parse(@Nullable Object raw) {
        Named named = REGISTRY.parse(raw);
        return new SamplerSpec(named.name(), named.options());
    }

    /** The written form that {@link #parse} reads. */
    public Object toPlain() {
        return new Named(name, options).toPlain();
    }

    /** Whether it would try a point again on purpose now, were there no other left. */
    public boolean triesAgain(History finished, Collection<RunningTrial> running) {
        return sampler() instanceof RepeatingSampler repeating && repeating.triesAgain(finished, running);
    }

    /** The sampler. */
    public Sampler sampler() {
        return REGISTRY.make(name, options);
    }

    @Override
    public String toString() {
        return String.valueOf(toPlain());
    }
}
