package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExtrapolationPrunerTest extends PrunerContract {

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("extrapolation").pruner();
    }

    /** From 1 down to an end, half of the way every four steps, with a little noise. */
    private static List<StepValue> falling(double end, int length, SplittableRandom random) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = end + (1 - end) * Math.pow(2, -i / 4.0) + .002 * random.nextDouble();
        }
        return curve(values);
    }

    private static List<List<StepValue>> ended(SplittableRandom random) {
        List<List<StepValue>> curves = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            curves.add(falling(.3 + .03 * i, 20, random));
        }
        return curves;
    }

    private PruneDecision decide(double end, int length) {
        SplittableRandom random = new SplittableRandom(5);
        List<List<StepValue>> ended = ended(random);
        return pruner().decide(request(Goal.MINIMIZE, 10, falling(end, length, random), ended));
    }

    @Test
    void aTrialThatWillNotBeatTheBestIsStoppedAndOneThatMayIsNot() {
        assertThat(decide(.2, 6).prune()).isFalse();
        assertThat(decide(.31, 6).prune()).isFalse();
        PruneDecision bad = decide(.55, 6);
        assertThat(bad.prune()).isTrue();
        assertThat(bad.reason())
                .matches("0\\.7\\d+ at step 6 will end at about 0\\.5\\d+ by 10 complete trials; chance"
                        + " .* to beat 0\\.3\\d+, .* of a new trial's");
    }

    @Test
    void fourCompleteTrialsAreTooFew() {
        // given
        SplittableRandom random = new SplittableRandom(5);
        List<List<StepValue>> four = ended(random).subList(0, 4);

        // when
        PruneDecision decision = pruner().decide(request(Goal.MINIMIZE, 4, falling(.9, 6, random), four));

        // then
        assertThat(decision).isEqualTo(PruneDecision.goOn("4 of 5 start-up trials are complete"));
    }

    @Test
    void aDivergedTrialAmongTheCompleteOnesChangesLittle() {
        // given
        SplittableRandom random = new SplittableRandom(5);
        List<List<StepValue>> curves = ended(random);
        curves.add(curve(1, 1, 1, 1e300, 1e300));

        // then
        assertThat(pruner().decide(request(Goal.MINIMIZE, 11, falling(.55, 6, random), curves))
                        .prune())
                .isTrue();
        assertThat(pruner().decide(request(Goal.MINIMIZE, 11, falling(.2, 6, random), curves))
                        .prune())
                .isFalse();
    }

    @Test
    void theForecastIsTheTextbookOne() {
        // given: posterior of the mean of 1, 1, 1 with a prior of one observation of 0
        Forecast forecast = new Forecast(new double[][] {{1}, {1}, {1}}, new double[] {1, 1, 1});

        // then
        assertThat(forecast.mean(new double[] {1})).isEqualTo(.75);
        assertThat(forecast.below(new double[] {1}, .75)).isEqualTo(.5);
        assertThat(forecast.below(new double[] {1}, 2)).isGreaterThan(.95);
    }
}
