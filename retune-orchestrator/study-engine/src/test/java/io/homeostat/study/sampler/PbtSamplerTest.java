package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PbtSamplerTest extends SamplerContract {
    private static final Instant NOW = Instant.EPOCH;
    private static final Space RATE = Space.parse(Map.of("rate", Map.of("float", List.of(0.0001, 1), "log", true)));

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("pbt").sampler();
    }

    private static BudgetLeft left(int trials, long fullStep) {
        return new BudgetLeft(
                OptionalInt.of(trials),
                OptionalInt.of(trials),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(fullStep));
    }

    private static Suggestion next(History finished, List<RunningTrial> running, int number) {
        Map<String, Object> options = Map.of("population", 8, "interval", 5);
        return SamplerSpec.parse(Map.of("pbt", options))
                .sampler()
                .suggest(new SamplerRequest(finished, running, 3, number, left(100, 20), 1));
    }

    /** Eight members after their first piece, of which member k has the value k. */
    private static History eight() {
        History history = History.empty(RATE, List.of(Goal.MINIMIZE));
        for (int i = 0; i < 8; i++) {
            Suggestion start = next(history, List.of(), i);
            assertThat(start.notes()).isEqualTo(Map.of("member", "" + i, "untilStep", "5"));
            history = history.plus(
                    FinishedTrial.complete(i, start.configuration(), i).withNotes(start.notes()));
        }
        return history;
    }

    @Test
    void theGoodGoOnAsTheyAreAndTheBadWhereTheGoodAre() {
        // given
        History history = eight();
        List<RunningTrial> running = new ArrayList<>();

        for (int member = 0; member < 8; member++) {
            // when
            Suggestion next = next(history, running, 8 + member);

            // then
            int from = Integer.parseInt(next.notes().get("resumes"));
            double before = rate(history.get(from).configuration());
            double rate = rate(next.configuration());
            assertThat(next.notes())
                    .containsEntry("member", "" + member)
                    .containsEntry("fromStep", "5")
                    .containsEntry("untilStep", "10");
            if (member < 6) {
                assertThat(from).isEqualTo(member);
                assertThat(rate).isEqualTo(before);
                assertThat(next.reason()).isEqualTo("pbt: member " + member + " goes on with trial " + member);
            } else {
                assertThat(from).isBetween(0, 1);
                assertThat(rate).isNotEqualTo(before);
                assertThat(next.reason()).isEqualTo("pbt: member " + member + " goes on from trial " + from);
            }
            running.add(new RunningTrial(8 + member, next.configuration(), List.of(), next.notes()));
        }

        // when all are busy
        Suggestion another = next(history, running, 16);

        // then
        assertThat(another.notes()).isEqualTo(Map.of("member", "8", "untilStep", "5"));
    }

    private static double rate(Configuration configuration) {
        return (Double) configuration.values().get("rate");
    }

    @Test
    void whoIsBehindIsServedFirstAndWhoIsDoneNoMore() {
        // given: member 2 has come to the full step, member 5 to step 15
        History history = eight();
        history = history.plus(FinishedTrial.complete(8, history.get(2).configuration(), 2)
                .withNotes(Map.of("member", "2", "fromStep", "15", "untilStep", "20")));
        history = history.plus(FinishedTrial.complete(9, history.get(5).configuration(), 5)
                .withNotes(Map.of("member", "5", "fromStep", "10", "untilStep", "15")));
        List<String> served = new ArrayList<>();
        List<RunningTrial> running = new ArrayList<>();

        // when
        for (int number = 10; number < 18; number++) {
            Suggestion next = next(history, running, number);
            served.add(next.notes().get("member") + " to " + next.notes().get("untilStep"));
            running.add(new RunningTrial(number, next.configuration(), List.of(), next.notes()));
        }

        // then
        assertThat(served)
                .containsExactly("0 to 10", "1 to 10", "3 to 10", "4 to 10", "6 to 10", "7 to 10", "5 to 20", "8 to 5");
    }

    @Test
    void aFailedMemberStartsFromAGoodOne() {
        // given
        History history = eight();
        FinishedTrial failed = FinishedTrial.failed(8, history.get(0).configuration())
                .withNotes(Map.of("member", "0", "fromStep", "5", "untilStep", "10"));

        // when
        Suggestion next = next(history.plus(failed), List.of(), 9);

        // then
        assertThat(next.notes()).containsEntry("member", "0").containsEntry("resumes", "1");
        assertThat(next.notes()).containsEntry("fromStep", "5").containsEntry("untilStep", "10");
    }

    @Test
    void explorationMultipliesOrDrawsAnewAndStaysInTheSpace() {
        // given
        SplittableRandom random = new SplittableRandom(4);
        Configuration from = RATE.validate(Map.of("rate", 0.01));
        int multiplied = 0;

        // when
        for (int i = 0; i < 1000; i++) {
            double rate = rate(new Exploration(0.25).from(RATE, from, random));
            multiplied += Math.abs(rate - 0.012) < 1e-9 || Math.abs(rate - 0.008) < 1e-9 ? 1 : 0;
        }

        // then
        assertThat(multiplied).isBetween(700, 800);
        Configuration mixed = MIXED.sample(random);
        Set<Object> leaves = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            mixed = new Exploration(0).from(MIXED, mixed, random);
            assertThat(MIXED.contains(mixed.values())).isTrue();
            leaves.add(mixed.values().get("leaves"));
        }
        assertThat(leaves).hasSizeGreaterThan(10);
    }

    /**
     * A training whose best rate falls: a step brings the loss down by how near the rate is, on the logarithm's scale, to 1
     * at the start and to 0.01 at the end. Checkpoints are kept by number of trial.
     */
    private static double trained(Object sampler, int pieces, long seed) {
        StudySpec spec = StudySpec.of("s", RATE, Objective.minimize("loss"))
                .withSampler(sampler)
                .withPruner("never")
                .withBudget(Budget.trials(10 * pieces).withFullStep(50))
                .withSeed(seed);
        StudyState state = Study.start(spec, List.of(), NOW);
        Map<String, Double> checkpoints = new HashMap<>();
        while (!Study.isDone(state, NOW).done()) {
            var asked = Study.ask(state, NOW);
            Trial trial = asked.trial().orElseThrow();
            Map<String, String> notes = trial.origin().notes();
            double loss = checkpoints.getOrDefault(notes.getOrDefault("resumes", ""), 0.0);
            int from = Integer.parseInt(notes.getOrDefault("fromStep", "0"));
            int until = Integer.parseInt(notes.getOrDefault("untilStep", "50"));
            for (int step = from; step < until; step++) {
                double off = Math.log10(rate(trial.configuration())) + 2 * step / 50.0;
                loss -= Math.exp(-off * off);
            }
            checkpoints.put("" + trial.number(), loss);
            state = Study.tell(asked.state(), trial.number(), TrialResult.value(loss), NOW)
                    .state();
        }
        return Results.best(state).orElseThrow().value().orElseThrow();
    }

    @Test
    void aScheduleIsFoundThatBeatsTheBestConstant() {
        // given
        double constant = IntStream.rangeClosed(0, 400)
                .mapToDouble(i -> -i / 100.0)
                .map(rate -> IntStream.range(0, 50)
                        .mapToDouble(step -> rate + 2 * step / 50.0)
                        .map(off -> -Math.exp(-off * off))
                        .sum())
                .min()
                .orElseThrow();

        // when: ten members with ten pieces each
        double found = 0;
        for (long seed = 0; seed < 10; seed++) {
            found += trained("pbt", 10, seed) / 10;
        }

        // then
        assertThat(found).isLessThan(constant - 1);
    }

    @Test
    void whereAllHaveFailedNewMembersStart() {
        // given: a member that failed, whose place nobody can take
        History history = History.empty(RATE, List.of(Goal.MINIMIZE))
                .plus(FinishedTrial.failed(0, RATE.middle()).withNotes(Map.of("member", "0", "untilStep", "5")));

        // when
        Suggestion next = next(history, List.of(), 1);

        // then
        assertThat(next.reason()).isEqualTo("random: member 0 starts");
    }
}
