package io.homeostat.study.study;

import io.homeostat.study.pruner.PruneDecision;
import io.homeostat.study.pruner.Pruner;
import io.homeostat.study.pruner.PrunerRequest;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can happen to a study: each function takes its state and gives the state from there on, with the answer and the
 * reason. Nothing else is read, so the same events give the same study, wherever it was written and read in between.
 */
public final class Study {
    private Study() {}

    /**
     * A new study.
     *
     * @param enqueued configurations to try first, in order; the same one twice becomes one with both reasons
     * @throws io.homeostat.study.space.SpaceException if one of them is not a point of the space
     */
    public static StudyState start(StudySpec spec, List<Enqueued> enqueued, Instant now) {
        Map<Configuration, String> reasons = new LinkedHashMap<>();
        for (Enqueued item : enqueued) {
            Configuration point = spec.space().validate(item.configuration().values());
            reasons.merge(point, item.reason(), (first, second) -> first + "; " + second);
        }
        List<Enqueued> distinct = reasons.entrySet().stream()
                .map(entry -> new Enqueued(entry.getKey(), entry.getValue()))
                .toList();
        return StudyState.empty(spec, distinct, now);
    }

    /**
     * One more configuration to try before the sampler is asked, after those that wait already. One that was tried may be
     * tried again, such as to find out how far its value is chance.
     *
     * @throws io.homeostat.study.space.SpaceException if it is not a point of the space
     */
    public static StudyState enqueue(StudyState state, Enqueued item) {
        Configuration point = state.spec().space().validate(item.configuration().values());
        List<Enqueued> all = new ArrayList<>(state.enqueued());
        all.add(new Enqueued(point, item.reason()));
        return state.withEnqueued(all);
    }

    /**
     * A trial that ended elsewhere, such as in an earlier study. It counts as one of this study's trials, and is refused
     * when these are used up or the study was ended; a point that was tried already may come again.
     *
     * @param reason where it came from
     * @throws io.homeostat.study.space.SpaceException if the configuration is not a point of the space
     */
    public static Told add(
            StudyState state, Configuration configuration, TrialResult result, String reason, Cost cost, Instant now) {
        Optional<String> obstacle = Stopping.ended(state).or(() -> Stopping.trialsUsedUp(state));
        if (obstacle.isPresent()) {
            return new Told(state, false, obstacle.get());
        }
        Configuration point = state.spec().space().validate(configuration.values());
        Origin origin = new Origin(Origin.Kind.ADDED, reason);
        Asked asked = started(state, point, origin, now);
        return tell(asked.state(), state.trials().size(), 1, result, cost, now);
    }

    /**
     * The next trial: an enqueued one as long as there are any, else a suggestion of the sampler. There is none when as
     * many are open as may be, when the study is over, or when the sampler expects too little of another one.
     */
    public static Asked ask(StudyState state, Instant now) {
        return ask(state, state.spec().sampler().sampler(), now);
    }

    /**
     * {@link #ask(StudyState, Instant)} with a sampler of one's own instead of the one in the spec.
     *
     * @throws io.homeostat.study.space.SpaceException if it suggests what is not a point of the space
     */
    public static Asked ask(StudyState state, Sampler sampler, Instant now) {
        Optional<String> obstacle = Stopping.atOnce(state, now).or(() -> Stopping.noMoreTrials(state));
        int open = state.openCount();
        if (obstacle.isEmpty() && open >= state.spec().parallel()) {
            obstacle = Optional.of(open + " trials are open, and no more may be at a time");
        }
        if (obstacle.isPresent()) {
            return new Asked(state, Optional.empty(), obstacle.get());
        }
        return state.enqueued().isEmpty() ? suggested(state, sampler, now) : dequeued(state, now);
    }

    private static Asked dequeued(StudyState state, Instant now) {
        Enqueued first = state.enqueued().get(0);
        Origin origin = new Origin(Origin.Kind.ENQUEUED, first.reason());
        List<Enqueued> rest = state.enqueued().subList(1, state.enqueued().size());
        return started(state.withEnqueued(rest), first.configuration(), origin, now);
    }

    private static Asked suggested(StudyState state, Sampler sampler, Instant now) {
        StudySpec spec = state.spec();
        Suggestion suggestion = sampler.suggest(new SamplerRequest(
                state.history(),
                state.running(),
                spec.seed(),
                state.trials().size(),
                Stopping.left(state, now),
                spec.parallel()));
        double least = spec.stop().expectedImprovementBelow().orElse(0);
        double expected = suggestion.expectedImprovement().orElse(Double.POSITIVE_INFINITY);
        if (expected < least) {
            String reason = "the expected improvement " + expected + " is below " + least;
            return new Asked(state.exhaustedBy(reason), Optional.empty(), reason);
        }
        Origin origin = new Origin(Origin.Kind.SAMPLED, suggestion.reason(), suggestion.notes());
        Configuration point = spec.space().validate(suggestion.configuration().values());
        return started(state, point, origin, now);
    }

    private static Asked started(StudyState state, Configuration configuration, Origin origin, Instant now) {
        Trial trial = Trial.waiting(state.trials().size(), configuration, origin, now);
        return new Asked(state.with(trial), Optional.of(trial), origin.reason());
    }

    /**
     * A worker has begun, or is still there. Not needed before {@link #report} or {@link #tell}, which imply it.
     *
     * @param attempt counts the deliveries of the trial to workers, from 1; a newer one starts the trial over
     */
    public static Told begin(StudyState state, int trialNumber, int attempt, Instant now) {
        return begin(state, trialNumber, attempt, Optional.empty(), now);
    }

    /**
     * {@link #begin(StudyState, int, int, Instant)} by a worker with a name.
     *
     * @param worker who is at it, for contributions per worker
     */
    public static Told begin(StudyState state, int trialNumber, int attempt, String worker, Instant now) {
        return begin(state, trialNumber, attempt, Optional.of(worker), now);
    }

    private static Told begin(StudyState state, int trialNumber, int attempt, Optional<String> worker, Instant now) {
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Told(state, false, refusal.get());
        }
        Trial trial = state.trials().get(trialNumber).seen(attempt, worker, now);
        return new Told(state.with(trial), true, "trial " + trialNumber + " is running, attempt " + attempt);
    }

    /**
     * A value on the way. A trial that the pruner stops is {@link TrialState#PRUNED} from here on, with this value; one
     * whose value is not finite is {@link TrialState#FAILED}.
     *
     * @param step the trainer's own count, at least 0 and above the last one reported
     */
    public static Reported report(
            StudyState state, int trialNumber, int attempt, long step, double value, Instant now) {
        return report(
                state, trialNumber, attempt, step, value, state.spec().pruner().pruner(), now);
    }

    /** The same with a pruner of one's own instead of the one in the spec. */
    public static Reported report(
            StudyState state, int trialNumber, int attempt, long step, double value, Pruner pruner, Instant now) {
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Reported(state, PruneDecision.stop(refusal.get()), false);
        }
        Trial trial = state.trials().get(trialNumber).seen(attempt, Optional.empty(), now);
        if (!Double.isFinite(value)) {
            String reason = "value " + value + " at step " + step + " is not a finite number";
            return new Reported(state.with(trial.failed(reason, Cost.NONE, now)), PruneDecision.stop(reason), true);
        }
        List<StepValue> before = trial.steps();
        long last = before.isEmpty() ? -1 : before.get(before.size() - 1).step();
        if (step <= last || step < 0) {
            String reason = "step " + step + " does not come after step " + last;
            return new Reported(state, PruneDecision.goOn(reason), false);
        }
        return judged(state, trial.reported(Steps.add(before, new StepValue(step, value))), value, pruner, now);
    }

    private static Reported judged(StudyState state, Trial trial, double value, Pruner pruner, Instant now) {
        StudySpec spec = state.spec();
        List<RunningTrial> others = state.running().stream()
                .filter(other -> other.number() != trial.number())
                .toList();
        PruneDecision decision = pruner.decide(new PrunerRequest(
                SeenTrials.running(trial),
                state.history(),
                others,
                spec.seed(),
                spec.budget().fullStep()));
        Trial next = decision.prune() ? trial.pruned(value, now) : trial;
        return new Reported(state.with(next), decision, true);
    }

    /** A trial's end by a worker that counts no attempts and no cost. */
    public static Told tell(StudyState state, int trialNumber, TrialResult result, Instant now) {
        int attempt = state.trial(trialNumber).map(Trial::attempt).orElse(0);
        return tell(state, trialNumber, Math.max(1, attempt), result, Cost.NONE, now);
    }

    /**
     * A trial's end. One for a trial that has ended changes nothing but the cost of one that was stopped or failed from
     * here, which is not known before. Values that are not finite, or not one for each objective and constraint, fail the
     * trial.
     *
     * @param cost what it used
     */
    public static Told tell(
            StudyState state, int trialNumber, int attempt, TrialResult result, Cost cost, Instant now) {
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Told(noteCost(state, trialNumber, attempt, cost), false, refusal.get());
        }
        Trial trial = state.trials()
                .get(trialNumber)
                .seen(attempt, Optional.empty(), now)
                .noting(result.attributes());
        Trial ended = TrialEnd.of(state.spec(), trial, result, cost, now);
        return new Told(
                state.with(ended),
                true,
                "trial " + trialNumber + " is " + ended.state() + ": " + TrialEnd.outcome(ended));
    }

    private static StudyState noteCost(StudyState state, int trialNumber, int attempt, Cost cost) {
        return state.trial(trialNumber)
                .filter(trial -> trial.state() != TrialState.COMPLETE && trial.attempt() == attempt)
                .filter(trial -> trial.cost().equals(Cost.NONE))
                .map(trial -> state.with(trial.costing(cost)))
                .orElse(state);
    }

    /** What is worth keeping about a trial, at any time; see {@link Trial#attributes}. One of the same name is replaced. */
    public static Told note(StudyState state, int trialNumber, Map<String, String> attributes) {
        return state.trial(trialNumber)
                .map(trial -> new Told(state.with(trial.noting(attributes)), true, "noted"))
                .orElseGet(() -> new Told(state, false, unknown(state, trialNumber)));
    }

    /**
     * Fails the trials whose worker has been silent for too long.
     *
     * @param silence longer than a trial may wait for a worker, and than a worker takes from report to report
     */
    public static StudyState expire(StudyState state, Duration silence, Instant now) {
        StudyState next = state;
        for (Trial trial : state.open()) {
            if (!now.isBefore(trial.seenAt().plus(silence))) {
                next = next.with(trial.failed("nothing was heard of it for " + silence, Cost.NONE, now));
            }
        }
        return next;
    }

    /** Ends the study: open trials fail, what comes later is ignored but for what they took. The first end counts. */
    public static StudyState end(StudyState state, String reason, Instant now) {
        if (state.ended()) {
            return state;
        }
        StudyState next = state;
        for (Trial trial : state.open()) {
            next = next.with(trial.failed("the study ended before it: " + reason, Cost.NONE, now));
        }
        return next.endedWith(reason, now);
    }

    /**
     * Goes on with another budget, whether it has ended or not; its trials stay what they are and count. One that was given up,
     * for the first trials all failed or nothing got better, has as many more to do otherwise.
     */
    public static StudyState goOn(StudyState state, Budget budget) {
        return state.goingOn(budget);
    }

    /**
     * Whether there is nothing left to wait for: ended, wall time used up, target reached, the first ten trials all
     * failed; or no trial is open and none will be, for the budget is used up, nothing gets better ({@link StopWhen}) or
     * every point of a finite space has its trial.
     */
    public static Done isDone(StudyState state, Instant now) {
        return Stopping.done(state, now);
    }

    private static Optional<String> refusal(StudyState state, int trialNumber, int attempt) {
        Optional<Trial> trial = state.trial(trialNumber);
        if (trial.isEmpty()) {
            return Optional.of(unknown(state, trialNumber));
        }
        if (!trial.get().state().open()) {
            return Optional.of(
                    "trial " + trialNumber + " has ended as " + trial.get().state());
        }
        if (attempt < 1) {
            return Optional.of("attempt " + attempt + " is below 1");
        }
        int newest = trial.get().attempt();
        return attempt < newest
                ? Optional.of("attempt " + attempt + " of trial " + trialNumber + " was replaced by attempt " + newest)
                : Optional.empty();
    }

    private static String unknown(StudyState state, int trialNumber) {
        return "trial " + trialNumber + " is not known; there are "
                + state.trials().size();
    }
}
