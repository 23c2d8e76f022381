package io.homeostat.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
    @Test
    void learnsNumericAndCategoricalFeatures() {
        // given
        Random random = new Random(1);
        NaiveBayes numeric = new NaiveBayes(0);
        NaiveBayes categorical = new NaiveBayes(3);
        // when
        for (int i = 0; i < 1_000; i++) {
            int label = i % 2;
            numeric.learn(new double[] {random.nextGaussian() + 4 * label}, label);
            categorical.learn(new double[] {label == 1 ? 2 : random.nextInt(2)}, label);
        }
        // then: the border lies in the middle
        assertThat(numeric.predict(new double[] {1.7})).isZero();
        assertThat(numeric.predict(new double[] {2.3})).isOne();
        assertThat(categorical.predict(new double[] {1})).isZero();
        assertThat(categorical.predict(new double[] {2})).isOne();
    }

    @Test
    void withoutRowsItPredictsTheFirstClass() {
        assertThat(new NaiveBayes(0, 2).predict(new double[] {0.5, 1})).isZero();
    }
}
