package io.homeostat.drift.statistics.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state inside another one is the same bytes, written and read in place or by itself. */
class StateWriterTest {
    private static final int OUTER = 100;
    private static final int MIDDLE = 101;
    private static final int INNER = 102;

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 16_370, 16_380, 16_384, 2_100_000
            })
    void writesAStateInPlaceAsByItself(int size) {
        // given
        byte[] content = new byte[size];
        StateWriter inner = new StateWriter(INNER, 1).bytes(content).flag(true);
        StateWriter middle = new StateWriter(MIDDLE, 2).count(7).bytes(inner.toBytes());
        byte[] copied = new StateWriter(OUTER, 3)
                .text("before")
                .bytes(middle.toBytes())
                .text("after")
                .toBytes();

        // when
        byte[] inPlace = new StateWriter(OUTER, 3)
                .text("before")
                .state(
                        MIDDLE,
                        2,
                        m -> m.count(7).state(INNER, 1, i -> i.bytes(content).flag(true)))
                .text("after")
                .toBytes();

        // then
        assertThat(inPlace).isEqualTo(copied);
    }

    @Test
    void readsAStateInPlaceAndGoesOnBehindIt() {
        // given
        byte[] bytes = new StateWriter(OUTER, 3)
                .state(INNER, 2, i -> i.text("inner").real(1.5))
                .text("after")
                .toBytes();

        // when
        StateReader outer = new StateReader("outer", bytes, OUTER, 3);
        StateReader inner = outer.state("inner", INNER, 1, 2);

        // then
        assertThat(inner.version()).isEqualTo(2);
        assertThat(inner.text()).isEqualTo("inner");
        assertThat(inner.real()).isEqualTo(1.5);
        inner.end();
        assertThat(outer.text()).isEqualTo("after");
        outer.end();
    }

    @Test
    void doesNotReadBeyondAStateInPlace() {
        // given
        byte[] bytes = new StateWriter(OUTER, 3)
                .state(INNER, 1, i -> i.flag(true))
                .fixed(1)
                .toBytes();
        StateReader inner = new StateReader("outer", bytes, OUTER, 3).state("inner", INNER, 1, 1);
        inner.flag();

        // when, then
        assertThatThrownBy(inner::fixed).hasMessageContaining("inner: the bytes end at 3, 8 more were expected at 3");
    }
}
