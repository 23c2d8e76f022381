package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.BinEdges;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import org.junit.jupiter.api.Test;

class CellsTest {
    private static CategoricalProfile categories(int... counts) {
        CategoricalProfile profile = new CategoricalProfile();
        for (int kind = 0; kind < counts.length; kind++) {
            for (int i = 0; i < counts[kind]; i++) {
                profile.add("c" + kind);
            }
        }
        return profile;
    }

    @Test
    void rareCategoriesArePooledAndARemainderOfLessThanARowGoesToTheSmallestCell() {
        Cells pooled = Cells.ofValues(categories(100, 80, 4, 4), categories(100, 80, 4, 4));
        assertThat(pooled.size()).isEqualTo(3);
        assertThat(pooled.reference(2)).isEqualTo(8);
        Cells swallowed = Cells.ofValues(categories(100, 80, 1), categories(100, 80, 0));
        assertThat(swallowed.size()).isEqualTo(2);
        assertThat(swallowed.reference(1)).isEqualTo(81);
        assertThat(swallowed.window(1)).isEqualTo(80);
    }

    @Test
    void theExtremesOfTheReferenceStandForWhatLiesBeyond() {
        BinEdges edges = BinEdges.ofQuantiles(new double[] {0, 1}, 2);
        NumericProfile reference = new NumericProfile(edges, 1);
        NumericProfile window = new NumericProfile(edges, 2);
        for (int i = 0; i < 1_000; i++) {
            reference.add(i % 2);
            window.add(i < 100 ? 2 : i % 2);
        }
        // over has 1 row of the reference and 100 of the window, and swallows the one row that is under
        Cells cells = Cells.ofRows(reference, window);
        assertThat(cells.size()).isEqualTo(3);
        assertThat(cells.reference(2)).isEqualTo(2);
        assertThat(cells.window(2)).isEqualTo(100);
    }
}
