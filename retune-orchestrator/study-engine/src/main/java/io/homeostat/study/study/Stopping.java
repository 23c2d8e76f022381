package io.homeostat.study.study;

import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.History;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** When no further trial is started, and when there is nothing left to wait for. */
final class Stopping {
    private static final int FAILURES_TO_GIVE_UP = 10;

    private Stopping() {}

    static Done done(StudyState state, Instant now) {
        Optional<String> atOnce = atOnce(state, now);
        if (atOnce.isPresent()) {
            return new Done(true, atOnce.get());
        }
        int open = state.openCount();
        Optional<String> noMore = noMoreTrials(state);
        if (noMore.isPresent()) {
            return open == 0 ? new Done(true, noMore.get()) : new Done(false, noMore.get() + "; " + open + " are open");
        }
        int left = state.spec().budget().trials() - state.trials().size();
        return new Done(false, left + " trials may be started, " + open + " are open");
    }

    /** Why the study stops even though trials may be open. */
    static Optional<String> atOnce(StudyState state, Instant now) {
        Optional<String> ended = ended(state);
        if (ended.isPresent()) {
            return ended;
        }
        Optional<Duration> wall = state.spec().budget().wall();
        if (wall.isPresent() && !now.isBefore(state.startedAt().plus(wall.get()))) {
            return Optional.of("the wall time of " + wall.get() + " is used up");
        }
        return targetReached(state).or(() -> onlyFailures(state.history(), state));
    }

    /** That somebody has ended it. */
    static Optional<String> ended(StudyState state) {
        return state.endReason().map(reason -> "the study has ended: " + reason);
    }

    /** Why no trial is started any more; the open ones may come to their end. */
    static Optional<String> noMoreTrials(StudyState state) {
        return trialsUsedUp(state)
                .or(() -> timeUsedUp(state))
                .or(() -> nothingNew(state))
                .or(() -> nothingToSuggest(state));
    }

    /** Why there is room for no trial at all. */
    static Optional<String> trialsUsedUp(StudyState state) {
        int budget = state.spec().budget().trials();
        return state.trials().size() >= budget
                ? Optional.of("the budget of " + budget + " trials is used up")
                : Optional.empty();
    }

    /* What somebody enqueued is tried all the same. */
    private static Optional<String> nothingToSuggest(StudyState state) {
        return state.enqueued().isEmpty() ? state.exhausted().or(() -> allTried(state)) : Optional.empty();
    }

    private static Optional<String> timeUsedUp(StudyState state) {
        Budget budget = state.spec().budget();
        if (budget.cpu().isPresent()
                && state.cost().cpuMillis() >= budget.cpu().get().toMillis()) {
            return Optional.of("the processor time of " + budget.cpu().get() + " is used up");
        }
        if (budget.gpu().isPresent()
                && state.cost().gpuMillis() >= budget.gpu().get().toMillis()) {
            return Optional.of("the graphics processor time of " + budget.gpu().get() + " is used up");
        }
        return Optional.empty();
    }

    private static Optional<String> nothingNew(StudyState state) {
        OptionalInt patience = state.spec().stop().noImprovementIn();
        if (patience.isEmpty() || state.history().size() < patience.getAsInt()) {
            return Optional.empty();
        }
        int last = Math.max(state.history().front().lastImprovement(), state.resumedAfter() - 1);
        int since = state.history().size() - 1 - last;
        return since >= patience.getAsInt()
                ? Optional.of("none of the last " + since + " trials was an improvement")
                : Optional.empty();
    }

    private static Optional<String> allTried(StudyState state) {
        OptionalLong points = state.spec().space().size();
        boolean few = points.isPresent() && points.getAsLong() <= state.trials().size();
        return few
                        && tried(state) >= points.getAsLong()
                        && !state.spec().sampler().triesAgain(state.history(), state.running())
                ? Optional.of("every point of the space has its trial, " + points.getAsLong() + " in all")
                : Optional.empty();
    }

    private static long tried(StudyState state) {
        Set<Object> open = new HashSet<>();
        state.open().stream()
                .map(Trial::configuration)
                .filter(configuration -> !state.history().tried(configuration))
                .forEach(open::add);
        return state.history().distinct() + open.size();
    }

    private static Optional<String> targetReached(StudyState state) {
        if (state.spec().stop().targetReached().isEmpty()
                || state.history().front().members().isEmpty()) {
            return Optional.empty();
        }
        double target = state.spec().stop().targetReached().getAsDouble();
        FinishedTrial best =
                state.history().get(state.history().front().members().get(0));
        return state.spec().objective().goal().better(target, best.value())
                ? Optional.empty()
                : Optional.of("the target " + target + " is reached: trial " + best.number() + " has " + best.value());
    }

    private static Optional<String> onlyFailures(History history, StudyState state) {
        int failed = history.count(Outcome.FAILED);
        if (failed - state.resumedAfter() < FAILURES_TO_GIVE_UP || failed < history.size()) {
            return Optional.empty();
        }
        int last = history.get(history.size() - 1).number();
        String why = state.trials().get(last).failure().orElse("no reason given");
        return Optional.of("the first " + failed + " trials all failed; the last: " + why);
    }

    /** What is left of the budget for the next trial and those after it. */
    static BudgetLeft left(StudyState state, Instant now) {
        Budget budget = state.spec().budget();
        int trials = budget.trials() - state.trials().size();
        Optional<Duration> wall = budget.wall()
                .map(limit -> Duration.between(now, state.startedAt().plus(limit)));
        Optional<Duration> cpu =
                budget.cpu().map(limit -> limit.minusMillis(state.cost().cpuMillis()));
        Optional<Duration> gpu =
                budget.gpu().map(limit -> limit.minusMillis(state.cost().gpuMillis()));
        long elapsed = Duration.between(state.startedAt(), now).toMillis();
        double foreseen = Math.min(
                trials,
                Math.min(
                        further(state, elapsed, wall),
                        Math.min(
                                further(state, state.cost().cpuMillis(), cpu),
                                further(state, state.cost().gpuMillis(), gpu))));
        return new BudgetLeft(
                OptionalInt.of(trials), OptionalInt.of((int) Math.max(1, foreseen)), wall, cpu, gpu, budget.fullStep());
    }

    /* How many more trials the rest of a time is enough for, beside those that are open; infinitely many if nobody knows. */
    private static double further(StudyState state, long usedMillis, Optional<Duration> left) {
        int ended = state.history().size();
        return left.isEmpty() || ended == 0 || usedMillis <= 0
                ? Double.POSITIVE_INFINITY
                : Math.floor((double) left.get().toMillis() / usedMillis * ended) - state.openCount();
    }
}
