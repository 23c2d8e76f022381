package io.homeostat.backbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    @Test
    void aPartOfAStateIsWrittenWhileTheStateIs() {
        // when
        byte[] bytes = StateBytes.of(out -> {
            out.write(1);
            byte[] part = StateBytes.of(inner -> inner.write(2));
            out.write(part.length);
            out.write(part);
            out.write(3);
        });
        // then
        assertThat(bytes).containsExactly(1, 1, 2, 3);
    }

    @Test
    void nothingIsLeftOfTheStateBefore() {
        // given
        byte[] large = StateBytes.of(out -> out.write(new byte[3_000_000]));
        byte[] small = StateBytes.of(out -> out.write(new byte[100]));
        assertThatThrownBy(() -> StateBytes.of(out -> {
                    out.write(7);
                    throw new IOException("cut off");
                }))
                .isInstanceOf(UncheckedIOException.class);
        // when
        byte[] bytes = StateBytes.of(out -> out.write(5));
        // then
        assertThat(bytes).containsExactly(5);
        assertThat(large).hasSize(3_000_000).containsOnly(0);
        assertThat(small).hasSize(100).containsOnly(0);
    }
}
