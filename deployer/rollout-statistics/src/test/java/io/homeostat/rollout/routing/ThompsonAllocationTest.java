package io.homeostat.rollout.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.rollout.routing.ThompsonAllocation.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class ThompsonAllocationTest {
    private static final List<Trials> EXAMPLE = List.of(new Trials(90, 10), new Trials(80, 20), new Trials(0, 0));

    @Test
    void givesTheSharesOfItsExample() {
        // when
        List<Double> shares = new ThompsonAllocation(0, 10_000).shares(EXAMPLE, new Well19937c(1));

        // then
        assertThat(shares.get(0)).isCloseTo(.88, within(.03));
        assertThat(shares.get(1)).isCloseTo(.02, within(.01));
        assertThat(shares.get(2)).isCloseTo(.10, within(.03));
    }

    @Test
    void theSharesAreAWholeAndKeepTheFloor() {
        // when
        List<Double> shares = new ThompsonAllocation(.05, 2_000).shares(EXAMPLE, new Well19937c(1));

        // then
        assertThat(shares.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-12));
        assertThat(shares).allMatch(share -> share >= .05);
        assertThat(new ThompsonAllocation(.05, 2_000).shares(EXAMPLE, new Well19937c(1)))
                .isEqualTo(shares);
    }

    @Test
    void trafficGoesToTheBest() {
        // given
        double[] rates = {.5, .6, .8};
        List<Trials> trials = new ArrayList<>(List.of(new Trials(0, 0), new Trials(0, 0), new Trials(0, 0)));
        SplittableRandom random = new SplittableRandom(3);
        ThompsonAllocation allocation = new ThompsonAllocation(.02, 200);

        // when
        List<Double> shares = List.of();
        for (int round = 0; round < 50; round++) {
            shares = allocation.shares(trials, new Well19937c(round));
            for (int i = 0; i < rates.length; i++) {
                int asked = (int) (100 * shares.get(i));
                int won = 0;
                for (int j = 0; j < asked; j++) {
                    won += random.nextDouble() < rates[i] ? 1 : 0;
                }
                trials.set(
                        i,
                        new Trials(
                                trials.get(i).successes() + won, trials.get(i).failures() + asked - won));
            }
        }

        // then
        assertThat(shares.get(2)).isGreaterThan(.9);
    }

    @Test
    void whatCannotBeSharedIsRefused() {
        assertThatThrownBy(() -> new ThompsonAllocation(.4, 10).shares(EXAMPLE, new Well19937c(1)))
                .hasMessageContaining("versions: 3 with a floor of 0.4");
        assertThatThrownBy(() -> new ThompsonAllocation(-1, 10)).hasMessageContaining("floor: -1.0");
        assertThatThrownBy(() -> new Trials(-1, 0)).hasMessageContaining("-1");
    }
}
