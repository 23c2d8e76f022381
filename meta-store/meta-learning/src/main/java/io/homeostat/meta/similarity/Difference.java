package io.homeostat.meta.similarity;

import java.util.Locale;

/**
 * How far two tasks are apart in one meta-feature.
 *
 * @param feature the meta-feature
 * @param left the first task's value
 * @param right the second task's value
 * @param spreads |left − right| in spreads of the feature over the known tasks, at most 5
 */
public record Difference(String feature, double left, double right, double spreads) {

    /** For example {@code logRows 9.21 against 11.5 (2.3 spreads)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4g against %.4g (%.1f spreads)", feature, left, right, spreads);
    }
}
