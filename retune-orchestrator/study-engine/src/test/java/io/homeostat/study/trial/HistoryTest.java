package io.homeostat.study.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Space SPACE = Space.parse(Map.of(
            "x", Map.of("int", List.of(0, 9)), "y", Map.of("int", List.of(1, 4), "when", Map.of("x", List.of(0, 5)))));

    private static FinishedTrial random(int number, SplittableRandom random, int objectives) {
        Configuration configuration = SPACE.sample(random);
        double[] values = random.ints(objectives, 0, 6).asDoubleStream().toArray();
        FinishedTrial trial = switch (random.nextInt(6)) {
            case 0 -> FinishedTrial.failed(number, configuration);
            case 1 -> FinishedTrial.pruned(number, configuration, values[0], random.nextInt(4));
            default -> FinishedTrial.complete(number, configuration, values);
        };
        return trial.withConstraints(random.nextInt(3) - 1);
    }

    private static List<FinishedTrial> trials(long seed, int count, int objectives) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(number -> random(number, random, objectives))
                .toList();
    }

    @Test
    void aHistoryGrowsAndTheOnesBeforeStayAsTheyWere() {
        // given
        List<FinishedTrial> trials = trials(1, 2000, 1);
        List<History> all = new ArrayList<>();

        // when
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        for (FinishedTrial trial : trials) {
            history = history.plus(trial);
            all.add(history);
        }

        // then
        for (int size : new int[] {1, 63, 64, 65, 2000}) {
            History then = all.get(size - 1);
            List<FinishedTrial> first = trials.subList(0, size);
            assertThat(then).isEqualTo(first);
            for (Outcome outcome : Outcome.values()) {
                assertThat(then.count(outcome)).isEqualTo((int)
                        first.stream().filter(t -> t.outcome() == outcome).count());
            }
            assertThat(then.distinct()).isEqualTo((int)
                    first.stream().map(FinishedTrial::configuration).distinct().count());
        }
        assertThat(all.get(0).tried(trials.get(0).configuration())).isTrue();
        assertThat(IntStream.range(0, 10)
                        .filter(x -> all.get(2).tried(new Configuration(Map.of("x", x))))
                        .count())
                .isLessThanOrEqualTo(3);
        assertThatThrownBy(() -> all.get(0).get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void unitCoordinatesAreThoseOfTheSpace() {
        // given
        List<FinishedTrial> trials = trials(2, 600, 1);

        // when
        History history = History.of(SPACE, List.of(Goal.MINIMIZE), trials);

        // then
        for (int i = 0; i < 600; i++) {
            assertThat(history.unit(i))
                    .containsExactly(SPACE.toUnit(trials.get(i).configuration()));
        }
    }

    @Test
    void twoHistoriesMayGrowOutOfOne() {
        // given
        List<FinishedTrial> trials = trials(3, 40, 1);
        History root = History.of(SPACE, List.of(Goal.MINIMIZE), trials.subList(0, 20));
        root.ranking();

        // when
        History left = root;
        History right = root;
        for (int i = 20; i < 40; i++) {
            left = left.plus(trials.get(i));
            right = right.plus(FinishedTrial.complete(i, SPACE.middle(), -i));
            left.ranking();
            right.ranking();
        }

        // then
        assertThat(left).isEqualTo(trials);
        assertThat(right.subList(0, 20)).isEqualTo(trials.subList(0, 20));
        assertThat(right.get(right.ranking().best()).value()).isEqualTo(-39);
        assertThat(root).hasSize(20);
        assertThat(root.plus(trials.get(20)))
                .isEqualTo(trials.subList(0, 21))
                .extracting(FinishedTrial::number)
                .doesNotContain(21);
        assertThat(left.ranking().best())
                .isEqualTo(History.of(SPACE, List.of(Goal.MINIMIZE), trials)
                        .ranking()
                        .best());
    }

    @Test
    void theRankingIsTheOneThatSortingGives() {
        for (long seed = 0; seed < 8; seed++) {
            for (Goal goal : Goal.values()) {
                // given
                History history = History.empty(SPACE, List.of(goal));
                for (FinishedTrial trial : trials(seed, 60, 1)) {
                    history = history.plus(trial);

                    // when
                    Ranking ranking = history.ranking();

                    // then
                    History then = history;
                    List<FinishedTrial> ranked = IntStream.range(0, ranking.size())
                            .mapToObj(rank -> then.get(ranking.get(rank)))
                            .toList();
                    assertThat(ranked).isEqualTo(sorted(history, goal));
                    boolean any = !ranked.isEmpty()
                            && ranked.get(0).complete()
                            && ranked.get(0).feasible();
                    assertThat(ranking.best()).isEqualTo(any ? ranking.get(0) : -1);
                }
            }
        }
    }

    private static List<FinishedTrial> sorted(List<FinishedTrial> trials, Goal goal) {
        return trials.stream()
                .filter(trial -> !trial.failed())
                .sorted(Comparator.comparingDouble(FinishedTrial::violation)
                        .thenComparing(trial -> !trial.complete())
                        .thenComparing(trial -> trial.complete() ? 0 : -trial.step())
                        .thenComparing(FinishedTrial::value, goal.bestFirst())
                        .thenComparing(FinishedTrial::number))
                .toList();
    }

    @Test
    void theFrontIsWhatNoOtherTrialBeats() {
        List<Goal> goals = List.of(Goal.MINIMIZE, Goal.MAXIMIZE);
        for (long seed = 0; seed < 8; seed++) {
            // given
            History history = History.empty(SPACE, goals);
            ParetoFront before = history.front();
            assertThat(before).isEqualTo(new ParetoFront(List.of(), -1));
            for (FinishedTrial trial : trials(seed, 60, 2)) {
                history = history.plus(trial);

                // when
                ParetoFront front = history.front();

                // then
                assertThat(front.members()).isEqualTo(undominated(history));
                boolean improved = front.members().contains(history.size() - 1);
                assertThat(front.lastImprovement()).isEqualTo(improved ? history.size() - 1 : before.lastImprovement());
                before = front;
            }
        }
    }

    private static List<Integer> undominated(History history) {
        return IntStream.range(0, history.size())
                .filter(i -> history.get(i).complete() && history.get(i).feasible())
                .filter(i -> IntStream.range(0, history.size())
                        .filter(k -> history.get(k).complete() && history.get(k).feasible())
                        .noneMatch(k -> beats(history.get(k), history.get(i)) || (k < i && same(history, k, i))))
                .boxed()
                .toList();
    }

    private static boolean same(History history, int a, int b) {
        return Arrays.equals(history.get(a).values(), history.get(b).values());
    }

    private static boolean beats(FinishedTrial a, FinishedTrial b) {
        boolean asGood = a.value(0) <= b.value(0) && a.value(1) >= b.value(1);
        return asGood && (a.value(0) < b.value(0) || a.value(1) > b.value(1));
    }

    @Test
    void aDerivationSeesOnlyWhatIsNew() {
        // given
        List<Integer> starts = new ArrayList<>();
        Derivation<Integer> sum = (history, before, known) -> {
            starts.add(known);
            return (before == null ? 0 : before)
                    + history.subList(known, history.size()).stream()
                            .mapToInt(FinishedTrial::number)
                            .sum();
        };
        List<FinishedTrial> trials = trials(4, 10, 1);

        // when
        History five = History.of(SPACE, List.of(Goal.MINIMIZE), trials.subList(0, 5));
        History ten = five;
        assertThat(five.derive(sum)).isEqualTo(10);
        for (FinishedTrial trial : trials.subList(5, 10)) {
            ten = ten.plus(trial);
        }

        // then: an older history starts over and does not spoil what the newer one knows
        assertThat(ten.derive(sum)).isEqualTo(45);
        assertThat(five.derive(sum)).isEqualTo(10);
        assertThat(ten.derive(sum)).isEqualTo(45);
        assertThat(starts).containsExactly(0, 5, 0);
    }

    @Test
    void aTrialWithoutFiniteValuesHasFailed() {
        // when
        FinishedTrial nan = FinishedTrial.complete(1, SPACE.middle(), 1, Double.NaN);
        FinishedTrial limit = FinishedTrial.complete(1, SPACE.middle(), 1).withConstraints(Double.POSITIVE_INFINITY);

        // then
        assertThat(nan.failed()).isTrue();
        assertThat(nan.value()).isNaN();
        assertThat(limit.failed()).isTrue();
        assertThat(FinishedTrial.complete(1, SPACE.middle(), 1)
                        .withConstraints(-1, 2, 3)
                        .violation())
                .isEqualTo(5);
    }

    @Test
    void aForeignConfigurationIsRefused() {
        assertThatThrownBy(() -> History.empty(SPACE, List.of(Goal.MINIMIZE))
                        .plus(FinishedTrial.complete(0, new Configuration(Map.of("x", 77)), 1)))
                .isInstanceOf(SpaceException.class);
    }
}
