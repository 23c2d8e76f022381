package io.homeostat.drift.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PopulationStabilityIndexTest extends NumericTestContract {
    @Override
    TwoSampleTest create() {
        return new PopulationStabilityIndex();
    }

    @Override
    TwoSampleTest create(double gate, long fewestRows) {
        return new PopulationStabilityIndex(gate, fewestRows);
    }

    @Override
    boolean looksAtMissing() {
        return true;
    }

    @Test
    void theExampleIsTrue() {
        NumericProfile reference = reference(1, 10_000, r -> r.nextGaussian());
        NumericProfile window = reference.emptyCopy(2);
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            window.add(random.nextGaussian() + 0.5);
        }
        assertThat(create().test("x", reference, window).effect()).isCloseTo(.24, Offset.offset(.04));
    }
}
