package io.homeostat.study.study;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** When no further trial is started, and when there is nothing left to wait for. */
final class Stopping {
    private static final int FAILURES_TO_GIVE_UP = 10;

    private Stopping() {}

    static Done done(StudyState state, Instant now) {
        Optional<String> atOnce = atOnce(state, now);
        if (atOnce.isPresent()) {
            return new Done(true, atOnce.get());
        }
        int open = state.open().size();
        Optional<String> noMore = noMoreTrials(state);
        if (noMore.isPresent()) {
            return open == 0 ? new Done(true, noMore.get()) : new Done(false, noMore.get() + "; " + open + " are open");
        }
        int left = state.spec().budget().trials() - state.trials().size();
        return new Done(false, left + " trials may be started, " + open + " are open");
    }

    /** Why the study stops even though trials may be open. */
    static Optional<String> atOnce(StudyState state, Instant now) {
        if (state.ended()) {
            return Optional.of("the study has ended: " + state.endReason().orElseThrow());
        }
        Optional<Duration> wall = state.spec().budget().wall();
        if (wall.isPresent() && !now.isBefore(state.startedAt().plus(wall.get()))) {
            return Optional.of("the wall time of " + wall.get() + " is used up");
        }
        return onlyFailures(state);
    }

    /** Why no trial is started any more; the open ones may come to their end. */
    static Optional<String> noMoreTrials(StudyState state) {
        int budget = state.spec().budget().trials();
        if (state.trials().size() >= budget) {
            return Optional.of("the budget of " + budget + " trials is used up");
        }
        OptionalLong points = state.spec().space().size();
        boolean few = points.isPresent() && points.getAsLong() <= state.trials().size();
        if (few && tried(state) >= points.getAsLong()) {
            return Optional.of("every point of the space has its trial, " + points.getAsLong() + " in all");
        }
        return Optional.empty();
    }

    private static long tried(StudyState state) {
        return state.trials().stream().map(Trial::configuration).distinct().count();
    }

    private static Optional<String> onlyFailures(StudyState state) {
        List<Trial> ended =
                state.trials().stream().filter(trial -> !trial.state().open()).toList();
        if (ended.size() < FAILURES_TO_GIVE_UP || ended.stream().anyMatch(t -> t.state() != TrialState.FAILED)) {
            return Optional.empty();
        }
        String last = ended.get(ended.size() - 1).failure().orElse("no reason given");
        return Optional.of("the first " + ended.size() + " trials all failed; the last: " + last);
    }
}
