package io.homeostat.study.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", Map.of("float", List.of(0, 1)));
        map.put("b", Map.of("float", List.of(0, 1)));
        map.put("c", Map.of("float", List.of(0, 1)));
        map.put("kind", Map.of("categorical", List.of("x", "y", "z")));
        map.put("degree", Map.of("int", List.of(2, 5), "when", Map.of("kind", "z")));
        return Space.parse(map);
    }

    private static History history(int trials, long seed, ToDoubleFunction<Configuration> objective) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        for (int i = 0; i < trials; i++) {
            Configuration point = SPACE.sample(random);
            history = history.plus(FinishedTrial.complete(i, point, objective.applyAsDouble(point)));
        }
        return history;
    }

    private static double at(Configuration point, String name) {
        return (Double) point.values().get(name);
    }

    private static Map<String, Double> shares(List<Importance> all) {
        return all.stream().collect(Collectors.toMap(Importance::parameter, Importance::share));
    }

    @Test
    void fanovaFindsTheSharesOfASum() {
        // given
        History history = history(300, 1, point -> 3 * at(point, "a") + at(point, "b"));

        // when
        List<Importance> all = Fanova.of(history, 0, 1);

        // then
        Map<String, Double> shares = shares(all);
        assertThat(all.get(0).parameter()).isEqualTo("a");
        assertThat(shares.get("a")).isEqualTo(.9, within(.04));
        assertThat(shares.get("b")).isEqualTo(.1, within(.04));
        assertThat(shares.get("c")).isLessThan(.01);
        assertThat(Fanova.of(history, 0, 1)).isEqualTo(all);
    }

    @Test
    void fanovaFindsWhatTwoParametersDoTogether() {
        // given: neither says anything alone
        History product = history(300, 3, point -> (at(point, "a") - .5) * (at(point, "b") - .5));
        History ofAChoice = history(
                300, 3, point -> point.values().get("kind").equals("y") ? at(point, "a") - .5 : .5 - at(point, "a"));
        History sum = history(300, 1, point -> 3 * at(point, "a") + at(point, "b"));

        // when
        List<Interaction> pairs = Fanova.pairs(product, 0, 1);
        List<Interaction> withAChoice = Fanova.pairs(ofAChoice, 0, 1);

        // then: of the second, alone a explains a ninth
        assertThat(pairs).hasSize(10);
        assertThat(pairs.get(0).first() + pairs.get(0).second()).isEqualTo("ab");
        assertThat(pairs.get(0).share()).isGreaterThan(.6);
        assertThat(pairs.get(1).share()).isLessThan(.1);
        assertThat(withAChoice.get(0).first() + withAChoice.get(0).second()).isEqualTo("akind");
        assertThat(withAChoice.get(0).share()).isEqualTo(8.0 / 9, within(.15));
        assertThat(Fanova.pairs(sum, 0, 1)).allMatch(each -> each.share() < .05);
        assertThat(Fanova.pairs(history(1, 1, point -> 1), 0, 1)).allMatch(each -> each.share() == 0);
    }

    @Test
    void fanovaGivesChoicesNoOrder() {
        // given: every other one of ten choices is good, which no two cuts of an order tell apart
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", Map.of("categorical", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")));
        map.put("x", Map.of("float", List.of(0, 1)));
        Space choices = Space.parse(map);
        SplittableRandom random = new SplittableRandom(5);
        History history = History.empty(choices, List.of(Goal.MINIMIZE));
        for (int i = 0; i < 60; i++) {
            Configuration point = choices.sample(random);
            int kind = ((String) point.values().get("kind")).charAt(0) % 2;
            history = history.plus(FinishedTrial.complete(i, point, kind));
        }

        // when
        Map<String, Double> shares = shares(Fanova.of(history, 0, 1));

        // then
        assertThat(shares.get("kind")).isGreaterThan(.9);
        assertThat(RegressionTree.grow(
                        choices.parameters().values().stream().map(Scale::of).toList(),
                        history.stream()
                                .map(trial -> choices.toUnit(trial.configuration()))
                                .toArray(double[][]::new),
                        history.stream().mapToDouble(FinishedTrial::value).toArray(),
                        new SplittableRandom(1)))
                .hasSizeLessThan(10);
    }

    @Test
    void fanovaSeesAChoiceAndLeavesInteractionsOut() {
        // when
        Map<String, Double> choice = shares(Fanova.of(
                history(300, 2, point -> point.values().get("kind").equals("y") ? 1 : 0), 0, 1));
        Map<String, Double> product =
                shares(Fanova.of(history(500, 3, point -> (at(point, "a") - .5) * (at(point, "b") - .5)), 0, 1));

        // then
        assertThat(choice.get("kind")).isGreaterThan(.8);
        assertThat(product.values().stream().mapToDouble(share -> share).sum()).isLessThan(.3);
    }

    @Test
    void pedAnovaTellsWhatSetsTheBestApart() {
        // given: far from the best only b matters, near it only a
        History history = history(
                500, 4, point -> Math.pow(at(point, "a") - .3, 2) + (at(point, "b") > .8 ? 10 * at(point, "b") : 0));

        // when
        List<Importance> ped = PedAnova.of(history);
        List<Importance> fanova = Fanova.of(history, 0, 1);

        // then
        assertThat(ped.get(0).parameter()).isEqualTo("a");
        assertThat(fanova.get(0).parameter()).isEqualTo("b");
        assertThat(ped.stream().mapToDouble(Importance::share).sum()).isEqualTo(1, within(1e-9));
    }

    @Test
    void tooLittleToSayIsZero() {
        assertThat(Fanova.of(history(1, 1, point -> 1), 0, 1)).allMatch(each -> each.share() == 0);
        assertThat(Fanova.of(history(20, 1, point -> 1), 0, 1)).allMatch(each -> each.share() == 0);
        assertThat(PedAnova.of(history(9, 1, point -> at(point, "a")))).allMatch(each -> each.share() == 0);
    }

    @Test
    void neitherTheSizeNorTheUnitOfTheObjectiveMatters() {
        // given
        List<Importance> plain = Fanova.of(history(100, 1, point -> 3 * at(point, "a") + at(point, "b")), 0, 1);

        for (double unit : new double[] {1e-300, 1e-12, 1e12, 1e307}) {
            // when
            List<Importance> all =
                    Fanova.of(history(100, 1, point -> unit * (3 * at(point, "a") + at(point, "b"))), 0, 1);

            // then
            assertThat(shares(all).get("a")).isEqualTo(shares(plain).get("a"), within(.01));
        }
        Map<String, Double> far = shares(Fanova.of(history(100, 1, point -> 1e9 + at(point, "a")), 0, 1));
        assertThat(far.get("a")).isGreaterThan(.9);
        assertThat(Fanova.pairs(history(100, 1, point -> 1e9 + at(point, "a")), 0, 1))
                .allMatch(each -> each.share() < .05);
    }

    @Test
    void pedAnovaGivesChoicesNoOrder() {
        // given: one of ten choices is good, its neighbours are not, and x tells the good ones apart
        Space choices = Space.parse(Map.of(
                "kind",
                Map.of("categorical", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")),
                "x",
                Map.of("float", List.of(0, 1))));
        SplittableRandom random = new SplittableRandom(5);
        History history = History.empty(choices, List.of(Goal.MINIMIZE));
        for (int i = 0; i < 200; i++) {
            Configuration point = choices.sample(random);
            double loss = point.values().get("kind").equals("e") ? 0 : 1;
            history = history.plus(FinishedTrial.complete(i, point, loss + .01 * at(point, "x")));
        }

        // when
        Map<String, Double> shares = shares(PedAnova.of(history));

        // then
        assertThat(shares.get("kind")).isGreaterThan(.75);
    }
}
