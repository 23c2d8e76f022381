package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSamplerTest extends SamplerContract {

    @Override
    protected Sampler sampler() {
        return new RandomSampler();
    }

    @Test
    void drawsCoverTheRangeEvenly() {
        // when
        double[] xs = run(finite(0, 999), Goal.MINIMIZE, 1, 300, configuration -> 0).stream()
                .mapToDouble(trial -> (Long) trial.configuration().values().get("x"))
                .toArray();

        // then
        assertThat(IntStream.range(0, 4)
                        .mapToLong(q -> java.util.Arrays.stream(xs)
                                .filter(x -> (int) x / 250 == q)
                                .count()))
                .allMatch(count -> count > 50 && count < 100);
    }
}
