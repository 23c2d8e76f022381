package io.homeostat.study.sampler;

import java.util.Locale;

/**
 * Samplers by name: {@code random}, {@code tpe}, or {@code auto}, which picks one that fits. At present {@code auto} is
 * {@code tpe}, whose first trials are random.
 */
public enum SamplerSpec {
    AUTO,
    RANDOM,
    TPE;

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException naming the known samplers
     */
    public static SamplerSpec parse(String name) {
        for (SamplerSpec spec : values()) {
            if (spec.name().equalsIgnoreCase(name)) {
                return spec;
            }
        }
        throw new IllegalArgumentException("sampler: \"" + name + "\" is not known. Known: auto, random, tpe.");
    }

    /** The sampler with its defaults. */
    public Sampler sampler() {
        return switch (this) {
            case RANDOM -> new RandomSampler();
            case AUTO, TPE -> new TpeSampler();
        };
    }

    /** The name as written in a spec. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
