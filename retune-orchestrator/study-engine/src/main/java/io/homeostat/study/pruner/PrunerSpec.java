package io.homeostat.study.pruner;

import java.util.Locale;

/** Pruners by name: {@code never}, {@code median}, or {@code auto}, which is {@code median} at present. */
public enum PrunerSpec {
    AUTO,
    MEDIAN,
    NEVER;

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException naming the known pruners
     */
    public static PrunerSpec parse(String name) {
        for (PrunerSpec spec : values()) {
            if (spec.name().equalsIgnoreCase(name)) {
                return spec;
            }
        }
        throw new IllegalArgumentException("pruner: \"" + name + "\" is not known. Known: auto, median, never.");
    }

    /** The pruner with its defaults. */
    public Pruner pruner() {
        return switch (this) {
            case AUTO, MEDIAN -> new MedianPruner();
            case NEVER -> new NeverPruner();
        };
    }

    /** The name as written in a spec. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
