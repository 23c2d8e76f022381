package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Repeated;
import io.homeostat.study.trial.RunningTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatingSamplerTest extends SamplerContract {
    private static final Space LINE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

    @Override
    protected Sampler sampler() {
        return repeating(5, 4);
    }

    private static Sampler repeating(int contenders, int repeats) {
        return new RepeatingSampler(new Options(
                "sampler.repeating", Map.of("sampler", "random", "contenders", contenders, "repeats", repeats)));
    }

    private static double x(Configuration configuration) {
        return (Double) configuration.values().get("x");
    }

    /** Each trial has its own luck; the first ones are at 0, 1/20, 2/20... */
    private static History drawn(int trials, SplittableRandom noise) {
        return History.of(
                LINE,
                List.of(Goal.MINIMIZE),
                IntStream.range(0, trials)
                        .mapToObj(i -> FinishedTrial.complete(
                                i, LINE.validate(Map.of("x", i / 20.0)), i / 20.0 + Normal.draw(noise) / 5))
                        .toList());
    }

    private static SamplerRequest request(History history, List<RunningTrial> running, int left) {
        int number = history.size() + running.size();
        return new SamplerRequest(history, running, 1, number, BudgetLeft.trials(left), 8);
    }

    @Test
    void theBestFewAreTriedAgainAtTheEndOfTheBudget() {
        // given
        SplittableRandom noise = new SplittableRandom(9);
        History history = drawn(20, noise);

        // when
        Suggestion early = sampler().suggest(request(history, List.of(), 16));
        for (int left = 15; left > 0; left--) {
            Configuration next =
                    sampler().suggest(request(history, List.of(), left)).configuration();
            assertThat(history.tried(next)).isTrue();
            history = history.plus(FinishedTrial.complete(history.size(), next, x(next) + Normal.draw(noise) / 5));
        }

        // then
        assertThat(early.reason()).startsWith("random");
        List<Repeated> best = Repeated.bestFirst(history);
        assertThat(best.stream().filter(each -> each.trials() > 1)).hasSizeBetween(4, 8);
        assertThat(best).allMatch(each -> each.trials() <= 4);
        assertThat(best.get(0).trials()).isGreaterThan(1);
        assertThat(best.get(0).mean()).isGreaterThanOrEqualTo(best.get(0).shrunk() - 1);
    }

    @Test
    void whereTheTimeEndsFirstItIsForeseen() {
        // given: by its number of trials the study has hardly begun
        History history = drawn(20, new SplittableRandom(9));
        Duration left = Duration.ofMinutes(1);

        // when
        Suggestion inTime = repeating(2, 3).suggest(timed(history, 5, left));
        Suggestion atTheEnd = repeating(2, 3).suggest(timed(history, 4, left));

        // then
        assertThat(history.tried(inTime.configuration())).isFalse();
        assertThat(history.tried(atTheEnd.configuration())).isTrue();
    }

    private static SamplerRequest timed(History history, int foreseen, Duration cpu) {
        BudgetLeft left = new BudgetLeft(
                OptionalInt.of(1000),
                OptionalInt.of(foreseen),
                Optional.empty(),
                Optional.of(cpu),
                Optional.empty(),
                OptionalLong.empty());
        return new SamplerRequest(history, List.of(), 1, history.size(), left, 8);
    }

    @Test
    void runningRepetitionsCount() {
        // given
        History history = drawn(20, new SplittableRandom(1));
        List<RunningTrial> running = new ArrayList<>();

        // when
        for (int left = 4; left > 0; left--) {
            Suggestion next = repeating(2, 3).suggest(request(history, running, left));
            running.add(RunningTrial.of(20 + running.size(), next.configuration()));
        }
        Suggestion fifth = repeating(2, 3).suggest(request(history, running, 1));

        // then: each of two has two more
        assertThat(running.stream().map(RunningTrial::configuration).distinct()).hasSize(2);
        assertThat(fifth.reason()).startsWith("random");
    }

    @Test
    void aFiniteSpaceIsRepeatedWhenAllOfItWasTried() {
        // given
        Space space = finite(0, 3);
        History history = History.empty(space, List.of(Goal.MINIMIZE));
        for (int i = 0; i < 4; i++) {
            history = history.plus(FinishedTrial.complete(i, space.at(i), i));
        }

        // when
        Suggestion next = repeating(2, 3).suggest(request(history, List.of(), 50));

        // then
        assertThat(next.configuration()).isEqualTo(space.at(0));
        assertThat(next.reason()).startsWith("repeating");
    }

    @Test
    void theWinnerOfNoisyTrialsIsBetterThanTheLuckiestOne() {
        double lucky = 0;
        double winner = 0;
        for (long seed = 0; seed < 200; seed++) {
            // given: truths and noise of the same size
            SplittableRandom noise = new SplittableRandom(seed);
            Map<Configuration, Double> truth = new LinkedHashMap<>();
            History history = History.empty(LINE, List.of(Goal.MINIMIZE));
            for (int number = 0; number < 30; number++) {
                Configuration point = LINE.sample(noise);
                truth.put(point, Normal.draw(noise));
                history = history.plus(FinishedTrial.complete(number, point, truth.get(point) + Normal.draw(noise)));
            }
            lucky += truth.get(history.get(history.ranking().best()).configuration()) / 200;

            // when
            for (int left = 15; left > 0; left--) {
                Configuration point =
                        sampler().suggest(request(history, List.of(), left)).configuration();
                double value = truth.getOrDefault(point, 0.0) + Normal.draw(noise);
                history = history.plus(FinishedTrial.complete(history.size(), point, value));
            }
            winner += truth.getOrDefault(Repeated.bestFirst(history).get(0).configuration(), 0.0) / 200;
        }

        // then
        assertThat(winner).isLessThan(lucky - 0.2);
    }

    @Test
    void withoutRepetitionsWhatIsExpectedIsTheValue() {
        // given
        History history = drawn(12, new SplittableRandom(3));

        // when
        List<Repeated> all = Repeated.bestFirst(history);

        // then
        assertThat(all).hasSize(12).allMatch(each -> each.shrunk() == each.mean());
        assertThat(all.get(0).mean())
                .isEqualTo(history.get(history.ranking().best()).value());
    }
}
