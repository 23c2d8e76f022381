package io.homeostat.deployer.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.sequential.AucPairs;
import io.homeostat.rollout.sequential.Moments;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final Measure RIGHT_OR_WRONG = Measure.of(Loss.CORRECTNESS, "1");

    private static OptionalDouble gain(Measure measure, Answer candidate, Answer champion, String label) {
        return measure.measured("u", candidate, champion, label).gain();
    }

    private static Answer says(String output) {
        return new Answer("v", null, output, null, null, 200, 1.0);
    }

    private static Answer fails() {
        return new Answer("v", null, null, null, null, 500, 1.0);
    }

    @Test
    void rightWhereTheOtherIsWrongIsAGainOfOne() {
        assertThat(gain(RIGHT_OR_WRONG, says("1"), says("0"), "1")).hasValue(1);
        assertThat(gain(RIGHT_OR_WRONG, says("0"), says("1"), "1")).hasValue(-1);
        assertThat(gain(RIGHT_OR_WRONG, says("1"), says("1"), "1")).hasValue(0);
    }

    @Test
    void failedSideCountsAsWrong() {
        assertThat(gain(RIGHT_OR_WRONG, fails(), says("1"), "1")).hasValue(-1);
        assertThat(gain(RIGHT_OR_WRONG, fails(), says("0"), "1")).hasValue(0);
        Measure squared = Measure.of(Loss.SQUARED, "1");
        assertThat(gain(squared, fails(), says("3"), "1")).hasValue(-1);
        assertThat(gain(squared, says("3"), fails(), "1")).hasValue(1);
        assertThat(gain(squared, fails(), fails(), "1")).hasValue(0);
    }

    @Test
    void lossesAreScaledByFourMeanLossesOfTheChampionAndClipped() {
        Measure absolute = new Measure(Loss.ABSOLUTE, "1", new Moments(100, 2, 0), AucPairs.start());
        assertThat(gain(absolute, says("11"), says("15"), "10")).hasValue(.5);
        assertThat(gain(absolute, says("10"), says("99"), "10")).hasValue(1);
        assertThat(gain(absolute, says("x"), says("99"), "10")).isEmpty();
    }

    @Test
    void aLabelOfOneSideAloneSaysItsLoss() {
        // given
        Measure absolute = new Measure(Loss.ABSOLUTE, "1", new Moments(100, 2, 0), AucPairs.start());

        // when
        Measure.Single champions = absolute.single(Arm.STABLE, says("14"), "10");

        // then
        assertThat(champions.loss()).hasValue(.5);
        assertThat(champions.next().scale().count()).isEqualTo(101);
        assertThat(absolute.single(Arm.CANDIDATE, says("14"), "10").next()).isEqualTo(absolute);
        assertThat(absolute.single(Arm.CANDIDATE, says("99"), "10").loss()).hasValue(1);
        assertThat(absolute.single(Arm.CANDIDATE, fails(), "10").loss()).hasValue(1);
        assertThat(absolute.single(Arm.CANDIDATE, says("x"), "10").loss()).isEmpty();
        assertThat(Measure.of(Loss.ABSOLUTE, "1")
                        .single(Arm.CANDIDATE, says("14"), "10")
                        .loss())
                .isEmpty();
        assertThat(RIGHT_OR_WRONG.single(Arm.CANDIDATE, says("0"), "1").loss()).hasValue(1);
        assertThat(Measure.of(Loss.RANKS, "1")
                        .single(Arm.CANDIDATE, says("0"), "1")
                        .loss())
                .isEmpty();
    }

    @Test
    void firstRequestsOnlyTeachTheScale() {
        Measure measure = Measure.of(Loss.SQUARED, "1");
        for (int i = 0; i < Measure.WARM_UP; i++) {
            assertThat(gain(measure, says("1"), says("3"), "1")).isEmpty();
            measure = measure.measured("u", says("1"), says("3"), "1").next();
        }
        assertThat(measure.scale().mean()).isEqualTo(4);
        assertThat(gain(measure, says("1"), says("3"), "1")).hasValue(.25);
    }

    @Test
    void logLossReadsTheProbabilityOfTheTruth() {
        Answer binary = new Answer("v", null, "1", .8, null, 200, 1.0);
        assertThat(Loss.LOG_LOSS.of(binary, "0", "1").getAsDouble()).isCloseTo(-Math.log(.2), within(1e-12));
        Answer multi = new Answer("v", null, "b", .7, Map.of("a", .3, "b", .7), 200, 1.0);
        assertThat(Loss.LOG_LOSS.of(multi, "a", "1").getAsDouble()).isCloseTo(-Math.log(.3), within(1e-12));
        assertThat(Loss.LOG_LOSS.of(multi, "c", "1")).hasValue(7);
        // of several classes a score is that of the predicted one, and says nothing of another that is right
        assertThat(Loss.LOG_LOSS.of(binary, "0", "")).isEmpty();
    }

    @Test
    void rankedByScoresAgainstARowOfTheOtherClass() {
        // given
        Measure ranks = Measure.of(Loss.RANKS, "1");

        // when
        Measure.Measured first = ranks.measured("a", scored(.7), scored(.4), "1");
        Measure.Measured second = first.next().measured("b", scored(.5), scored(.5), "0");
        Measure.Measured failed = first.next().measured("b", fails(), scored(.1), "0");

        // then
        assertThat(first.gain()).isEmpty();
        assertThat(second.gain()).hasValue(1);
        assertThat(failed.gain()).hasValue(-1);
        assertThat(first.next().measured("c", says("1"), says("1"), "0").gain()).isEmpty();
    }

    private static Answer scored(double score) {
        return new Answer("v", null, score > .5 ? "1" : "0", score, null, 200, 1.0);
    }

    @Test
    void theChampionsLossIsBetweenZeroAndOne() {
        Measure absolute = new Measure(Loss.ABSOLUTE, "1", new Moments(100, 2, 0), AucPairs.start());
        assertThat(absolute.measured("u", says("10"), says("14"), "10").stableLoss())
                .isEqualTo(.5);
        assertThat(absolute.measured("u", says("10"), says("99"), "10").stableLoss())
                .isEqualTo(1);
        assertThat(RIGHT_OR_WRONG.measured("u", says("1"), says("0"), "1").stableLoss())
                .isEqualTo(1);
        assertThat(RIGHT_OR_WRONG.measured("u", says("1"), says("1"), "1").stableLoss())
                .isZero();
    }
}
