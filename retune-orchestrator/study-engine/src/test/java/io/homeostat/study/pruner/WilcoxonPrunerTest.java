package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WilcoxonPrunerTest extends PrunerContract {
    private static final List<List<StepValue>> TWO =
            List.of(curve(.7, .9, .8, .6, .75, .75), curve(.1, .1, .1, .1, .1, .1));

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("wilcoxon").pruner();
    }

    private PruneDecision decide(double... values) {
        return pruner().decide(request(Goal.MAXIMIZE, 2, curve(values), TWO));
    }

    @Test
    void worseInFourFoldsOfFourIsEnough() {
        assertThat(decide(.6, .8, .7).prune()).isFalse();
        assertThat(decide(.6, .8, .7, .55))
                .isEqualTo(PruneDecision.stop("worse than the best trial 0 by 0.0875000 in the mean of 4 shared folds,"
                        + " p = 0.06250 (level 0.1)"));
    }

    @Test
    void betterInOneByMuchIsNot() {
        assertThat(decide(.6, .8, .7, .8, .74).prune()).isFalse();
    }

    @Test
    void onlySharedFoldsAreCompared() {
        // given
        List<StepValue> folds = List.of(new StepValue(4, .5), new StepValue(9, .1), new StepValue(10, .1));

        // when
        PruneDecision decision = pruner().decide(request(Goal.MAXIMIZE, 2, folds, TWO));

        // then
        assertThat(decision).isEqualTo(PruneDecision.goOn("1 folds shared with the best trial 0 are fewer than 2"));
    }

    @Test
    void probabilitiesAreThoseOfTheTables() {
        // 8 pairs, rank sum of the negative ones 5: P = 10/256 (Wilcoxon 1945)
        assertThat(SignedRanks.probability(new double[] {8, 7, 6, 4, 3, 2, 1, -5}))
                .isEqualTo(10 / 256.0);
        assertThat(SignedRanks.probability(new double[] {1, 1, 1, -1})).isEqualTo(5 / 16.0);
        assertThat(SignedRanks.probability(new double[] {0, 0})).isEqualTo(1);
        assertThat(SignedRanks.probability(new double[] {3, 0})).isEqualTo(.5);
    }

    @Test
    void theApproximationMeetsTheExactOne() {
        // given
        double[] fifty = new SplittableRandom(3).doubles(50).map(u -> u - 0.42).toArray();
        double[] more = Arrays.copyOf(fifty, 51);
        more[50] = 1e-9;

        // then
        assertThat(SignedRanks.probability(more)).isEqualTo(SignedRanks.probability(fifty), within(.01));
    }
}
