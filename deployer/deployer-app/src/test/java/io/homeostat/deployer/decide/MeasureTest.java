package io.homeostat.deployer.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final Measure RIGHT_OR_WRONG = new Measure(Loss.CORRECTNESS, "1", 0, 0);

    private static Answer says(String output) {
        return new Answer("v", null, output, null, null, 200, 1.0);
    }

    private static Answer fails() {
        return new Answer("v", null, null, null, null, 500, 1.0);
    }

    @Test
    void rightWhereTheOtherIsWrongIsAGainOfOne() {
        assertThat(RIGHT_OR_WRONG.gain(says("1"), says("0"), "1")).hasValue(1);
        assertThat(RIGHT_OR_WRONG.gain(says("0"), says("1"), "1")).hasValue(-1);
        assertThat(RIGHT_OR_WRONG.gain(says("1"), says("1"), "1")).hasValue(0);
    }

    @Test
    void failedSideCountsAsWrong() {
        assertThat(RIGHT_OR_WRONG.gain(fails(), says("1"), "1")).hasValue(-1);
        assertThat(RIGHT_OR_WRONG.gain(fails(), says("0"), "1")).hasValue(0);
        Measure squared = new Measure(Loss.SQUARED, "1", 0, 0);
        assertThat(squared.gain(fails(), says("3"), "1")).hasValue(-1);
        assertThat(squared.gain(says("3"), fails(), "1")).hasValue(1);
        assertThat(squared.gain(fails(), fails(), "1")).hasValue(0);
    }

    @Test
    void lossesAreScaledByFourMeanLossesOfTheChampionAndClipped() {
        Measure absolute = new Measure(Loss.ABSOLUTE, "1", 100, 2);
        assertThat(absolute.gain(says("11"), says("15"), "10")).hasValue(.5);
        assertThat(absolute.gain(says("10"), says("99"), "10")).hasValue(1);
        assertThat(absolute.gain(says("x"), says("99"), "10")).isEmpty();
    }

    @Test
    void firstRequestsOnlyTeachTheScale() {
        Measure measure = new Measure(Loss.SQUARED, "1", 0, 0);
        for (int i = 0; i < Measure.WARM_UP; i++) {
            assertThat(measure.gain(says("1"), says("3"), "1")).isEmpty();
            measure = measure.seen(says("3"), "1");
        }
        assertThat(measure.meanLoss()).isEqualTo(4);
        assertThat(measure.gain(says("1"), says("3"), "1")).hasValue(.25);
    }

    @Test
    void logLossReadsTheProbabilityOfTheTruth() {
        Answer binary = new Answer("v", null, "1", .8, null, 200, 1.0);
        assertThat(Loss.LOG_LOSS.of(binary, "0", "1").getAsDouble()).isCloseTo(-Math.log(.2), within(1e-12));
        Answer multi = new Answer("v", null, "b", .7, Map.of("a", .3, "b", .7), 200, 1.0);
        assertThat(Loss.LOG_LOSS.of(multi, "a", "1").getAsDouble()).isCloseTo(-Math.log(.3), within(1e-12));
        assertThat(Loss.LOG_LOSS.of(multi, "c", "1")).hasValue(7);
    }
}
