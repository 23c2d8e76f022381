package io.homeostat.detector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTest {
    @Test
    void keepsTheNewestOfEachModelNewestFirst() {
        // given
        Newest<Integer> newest = new Newest<>(3);
        // when
        for (int i = 0; i < 5; i++) {
            newest.add("loans", i);
        }
        newest.add("cars", 9);
        // then
        assertThat(newest.of("loans")).containsExactly(4, 3, 2);
        assertThat(newest.of("cars")).containsExactly(9);
        assertThat(newest.of("nobody")).isEmpty();
    }
}
