package io.homeostat.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.ArtifactRef;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What every artifact store promises. */
abstract class ArtifactStoreContract {
    private static final byte[] BYTES = "a model".getBytes(StandardCharsets.UTF_8);

    abstract ArtifactStore store();

    @Test
    void whatIsPutIsFoundByItsDigest() {
        // given
        ArtifactRef ref = store().put(BYTES, "test/1");
        // when
        byte[] found = store().get(ref);
        // then
        assertThat(found).isEqualTo(BYTES);
        assertThat(ref.sha256()).isEqualTo("97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c");
        assertThat(ref.sizeBytes()).isEqualTo(7);
    }

    @Test
    void puttingTheSameBytesAgainGivesTheSameReference() {
        // given
        ArtifactRef first = store().put(BYTES, "test/1");
        // when
        ArtifactRef second = store().put(BYTES, "test/1");
        // then
        assertThat(second).isEqualTo(first);
        assertThat(store().get(second)).isEqualTo(BYTES);
    }

    @Test
    void anUnknownDigestIsAnErrorThatNamesIt() {
        // given
        ArtifactRef unknown = new ArtifactRef("0".repeat(64), "test/1", 7);
        // when
        // then
        assertThatThrownBy(() -> store().get(unknown))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("0".repeat(64));
    }

    @Test
    void aWrongSizeIsAnErrorThatSaysBoth() {
        // given
        ArtifactRef right = store().put(BYTES, "test/1");
        ArtifactRef wrong = new ArtifactRef(right.sha256(), "test/1", 8);
        // when
        // then
        assertThatThrownBy(() -> store().get(wrong))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("8 bytes")
                .hasMessageContaining("7 bytes");
    }
}
