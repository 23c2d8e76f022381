package io.homeostat.retune.trigger;

import org.jspecify.annotations.Nullable;

/**
 * How a model stands when a wish arrives.
 *
 * @param seen whether a wish of the same id came before
 * @param running the re-tune that runs, if one does
 * @param champion the version that serves, if one does
 */
public record Standing(
        boolean seen, @Nullable String running, @Nullable String champion) {}
