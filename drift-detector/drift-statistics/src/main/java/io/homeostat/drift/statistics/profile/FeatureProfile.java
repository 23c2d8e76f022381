package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateWriter;

/** What one feature looked like in a window. */
public sealed interface FeatureProfile permits NumericProfile, CategoricalProfile {
    /** How many rows were seen, with and without a value. */
    long rows();

    /** How many rows had no value. */
    long nulls();

    /** Counts a row without a value. */
    void addNull();

    /** Whether another profile is of the same feature with the same bins or categories, so that it can be merged. */
    boolean merges(FeatureProfile other);

    /**
     * Adds everything that another profile of the same feature saw. Error: {@link IllegalArgumentException}, and nothing is
     * added, if it does not {@link #merges merge}.
     */
    void merge(FeatureProfile other);

    /** A profile of the same shape that has seen nothing. */
    FeatureProfile emptyCopy(long seed);

    /** The state as bytes. */
    byte[] toBytes();

    /** Writes the state inside another one, as {@link StateWriter#bytes} does the bytes of {@link #toBytes}. */
    void writeIn(StateWriter out);

    /** How much a reference's windows differ beyond chance; a test adds it to 1/n + 1/m. */
    Wander wander();

    /** How many rows had a value. */
    default long values() {
        return rows() - nulls();
    }
}
