package io.homeostat.meta.method;

import io.homeostat.study.option.Named;
import io.homeostat.study.option.OptionException;
import io.homeostat.study.option.Options;
import io.homeostat.study.option.Registry;
import io.homeostat.study.sampler.CmaEsSampler;
import io.homeostat.study.sampler.GpSampler;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.TpeSampler;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A way of transfer by name with its options, written as {@code previous} or {@code {previous: {first: 3}}}.
 *
 * @param name a registered name
 * @param options its own; those left out have their defaults
 */
public record TransferSpec(String name, Map<String, Object> options) {
    private static final Registry<Transfer> REGISTRY = new Registry<>("transfer");

    // one line per way
    static {
        REGISTRY.put("auto", options -> new AutoTransfer(then(options)));
        REGISTRY.put("box", options -> new BoundingBox(options.integer("top", 1, 1, 1_000), then(options)));
        REGISTRY.put("cmaes", options -> new WithGood(then(options), CmaEsSampler::new));
        REGISTRY.put("gp", options -> new WithGood(then(options), GpSampler::new));
        REGISTRY.put("none", options -> {
            Supplier<Sampler> then = then(options);
            return past -> then.get();
        });
        REGISTRY.put("ordered", options -> new SimpleOrdered(first(options, 10), then(options)));
        REGISTRY.put("portfolio", options -> new Portfolio(first(options, 10), then(options)));
        REGISTRY.put("previous", options -> new SimplePrevious(first(options, 5), then(options)));
        REGISTRY.put("quantile", options -> new QuantileTransfer(then(options)));
        REGISTRY.put("rgpe", options -> new Rgpe(then(options)));
        REGISTRY.put("tpe", options -> new WithGood(then(options), TpeSampler::new));
        REGISTRY.put("tstr", options -> new TwoStage(then(options)));
    }

    /**
     * @throws OptionException naming the known ways, or the option that is wrong
     */
    public TransferSpec {
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
     * @throws OptionException naming the known ways, or the option that is wrong
     */
    public static TransferSpec parse(@Nullable Object raw) {
        Named named = REGISTRY.parse(raw);
        return new TransferSpec(named.name(), named.options());
    }

    /** As it is written: the name, or a map of the name to options. */
    public Object toPlain() {
        return new Named(name, options).toPlain();
    }

    /** The way. */
    public Transfer transfer() {
        return REGISTRY.make(name, options);
    }

    private static int first(Options options, int otherwise) {
        return options.integer("first", otherwise, 1, 1_000);
    }

    private static Supplier<Sampler> then(Options options) {
        Object written = options.raw("sampler");
        SamplerSpec spec = SamplerSpec.parse(written == null ? "auto" : written);
        return spec::sampler;
    }
}
