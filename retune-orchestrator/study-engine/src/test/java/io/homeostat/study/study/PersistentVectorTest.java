package io.homeostat.study.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PersistentVectorTest {

    @Test
    void itIsTheListAndTheOnesBeforeStayAsTheyWere() {
        // given
        SplittableRandom random = new SplittableRandom(1);
        List<Integer> list = new ArrayList<>();
        PersistentVector<Integer> vector = PersistentVector.empty();
        List<PersistentVector<Integer>> kept = new ArrayList<>();
        List<List<Integer>> copies = new ArrayList<>();

        for (int i = 0; i < 40_000; i++) {
            // when
            boolean append = list.isEmpty() || random.nextInt(3) > 0;
            int at = append ? list.size() : random.nextInt(list.size());
            if (append) {
                list.add(i);
            } else {
                list.set(at, i);
            }
            vector = vector.with(at, i);
            if (i % 4000 == 0) {
                kept.add(vector);
                copies.add(List.copyOf(list));
            }
        }

        // then
        assertThat(vector).isEqualTo(list);
        assertThat(kept).isEqualTo(copies);
    }

    @Test
    void placesThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> PersistentVector.of(List.of(1)).get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PersistentVector.of(List.of(1)).with(2, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(PersistentVector.empty()).isEmpty();
    }
}
