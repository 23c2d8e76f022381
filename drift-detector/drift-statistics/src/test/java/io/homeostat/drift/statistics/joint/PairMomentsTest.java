package io.homeostat.drift.statistics.joint;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairMomentsTest {
    @Test
    void partsAddUp() {
        PairMoments parts =
                PairMoments.NONE.with(1).with(2).plus(PairMoments.NONE.with(3).with(4));
        assertThat(parts.mean()).isEqualTo(2.5);
        assertThat(parts.standardError()).isCloseTo(Math.sqrt(5.0 / 3 / 4), Offset.offset(1e-12));
        assertThat(PairMoments.NONE.with(1).standardError()).isZero();
    }

    @Test
    void embeddingsAddUp() {
        Embedding whole = new Embedding(2);
        Embedding left = new Embedding(2);
        Embedding right = new Embedding(2);
        for (int i = 0; i < 5; i++) {
            double[] point = {i, 1};
            whole.add(point);
            (i < 2 ? left : right).add(point);
        }
        left.merge(right);
        assertThat(left.squaredDistance(whole)).isZero();
        assertThat(left.mean(0)).isEqualTo(2);
        assertThat(left.count()).isEqualTo(5);
    }

    @Test
    void aTieIsHalfAPair() {
        assertThat(DomainClassifier.auc(new double[] {1, 2}, new double[] {2, 3}))
                .isEqualTo(0.875);
    }
}
