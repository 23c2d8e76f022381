package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.CellKinds;
import io.homeostat.drift.statistics.season.Mixture;
import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/** What a season counts of one feature: which value is in which cell, and what profile the cells' shares make. */
sealed interface SeasonCells permits NumericCells, CategoryCells {
    /** What the cells are. */
    CellKinds kinds();

    /** The profile that a mixture of the reference's slots is expected to show. */
    FeatureProfile expected(FeatureProfile reference, Mixture mixture, Wander wander);

    /** Writes it, headed by its kind. */
    void write(StateWriter out);

    /** Reads it. */
    static SeasonCells read(StateReader in) {
        return in.flag() ? NumericCells.read(in) : CategoryCells.read(in);
    }
}
