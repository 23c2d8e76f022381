package io.homeostat.study.study;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.pruner.PruneDecision;
import io.homeostat.study.pruner.PrunerRequest;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.pruner.StepValue;
import io.homeostat.study.sampler.FinishedTrial;
import io.homeostat.study.sampler.FinishedTrial.Outcome;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
        return new StudyState(spec, List.of(), distinct, now, Optional.empty(), Optional.empty());
    }

    /** The next trial: an enqueued one as long as there are any, else a suggestion of the sampler. */
    public static Asked ask(StudyState state, Instant now) {
        Optional<String> obstacle = Stopping.atOnce(state, now).or(() -> Stopping.noMoreTrials(state));
        int open = state.open().size();
        if (obstacle.isEmpty() && open >= state.spec().parallel()) {
            obstacle = Optional.of(open + " trials are open, and no more may be at a time");
        }
        if (obstacle.isPresent()) {
            return new Asked(state, Optional.empty(), obstacle.get());
        }
        if (!state.enqueued().isEmpty()) {
            Enqueued first = state.enqueued().get(0);
            Origin origin = new Origin(Origin.Kind.ENQUEUED, first.reason());
            List<Enqueued> rest = state.enqueued().subList(1, state.enqueued().size());
            return started(state.withEnqueued(rest), first.configuration(), origin, now);
        }
        Suggestion suggestion =
                SamplerSpec.parse(state.spec().samplerName()).sampler().suggest(request(state));
        Origin origin = new Origin(Origin.Kind.SAMPLED, suggestion.reason());
        return started(state, suggestion.configuration(), origin, now);
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
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Told(state, false, refusal.get());
        }
        Trial trial = state.trials().get(trialNumber).seen(attempt, now);
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
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Reported(state, PruneDecision.stop(refusal.get()), false);
        }
        Trial trial = state.trials().get(trialNumber).seen(attempt, now);
        if (!Double.isFinite(value)) {
            String reason = "value " + value + " at step " + step + " is not a finite number";
            return new Reported(state.with(trial.failed(reason, 0, now)), PruneDecision.stop(reason), true);
        }
        List<StepValue> before = trial.steps();
        long last = before.isEmpty() ? -1 : before.get(before.size() - 1).step();
        if (step <= last || step < 0) {
            String reason = "step " + step + " does not come after step " + last;
            return new Reported(state, PruneDecision.goOn(reason), false);
        }
        return judged(state, trial.reported(Steps.add(before, new StepValue(step, value))), value, now);
    }

    private static Reported judged(StudyState state, Trial trial, double value, Instant now) {
        List<List<StepValue>> completed = state.trials().stream()
                .filter(other ->
                        other.state() == TrialState.COMPLETE && !other.steps().isEmpty())
                .map(Trial::steps)
                .toList();
        PruneDecision decision = PrunerSpec.parse(state.spec().prunerName())
                .pruner()
                .decide(new PrunerRequest(goal(state), trial.number(), trial.steps(), completed));
        Trial next = decision.prune() ? trial.pruned(value, now) : trial;
        return new Reported(state.with(next), decision, true);
    }

    /**
     * A trial's end. One for a trial that has ended changes nothing but the processor time of a pruned one, which is not
     * known before.
     *
     * @param cpuMillis processor time used, in milliseconds
     */
    public static Told tell(
            StudyState state, int trialNumber, int attempt, TrialResult result, long cpuMillis, Instant now) {
        Optional<String> refusal = refusal(state, trialNumber, attempt);
        if (refusal.isPresent()) {
            return new Told(noteCost(state, trialNumber, attempt, cpuMillis), false, refusal.get());
        }
        Trial trial = state.trials().get(trialNumber).seen(attempt, now).noting(result.attributes());
        Trial ended = ended(trial, result, Math.max(0, cpuMillis), now);
        String outcome =
                ended.value().map(value -> "value " + value).or(ended::failure).orElse("");
        return new Told(state.with(ended), true, "trial " + trialNumber + " is " + ended.state() + ": " + outcome);
    }

    private static Trial ended(Trial trial, TrialResult result, long cpuMillis, Instant now) {
        if (result instanceof TrialResult.Failed failed) {
            return trial.failed(failed.reason(), cpuMillis, now);
        }
        double value = ((TrialResult.Value) result).value();
        return Double.isFinite(value)
                ? trial.complete(value, cpuMillis, now)
                : trial.failed("value " + value + " is not a finite number", cpuMillis, now);
    }

    private static StudyState noteCost(StudyState state, int trialNumber, int attempt, long cpuMillis) {
        return state.trial(trialNumber)
                .filter(trial -> trial.state() == TrialState.PRUNED && trial.attempt() == attempt)
                .filter(trial -> trial.cpuMillis() == 0 && cpuMillis > 0)
                .map(trial -> state.with(trial.costing(cpuMillis)))
                .orElse(state);
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
                next = next.with(trial.failed("nothing was heard of it for " + silence, 0, now));
            }
        }
        return next;
    }

    /** Ends the study: open trials fail, what comes later is ignored. The first end counts. */
    public static StudyState end(StudyState state, String reason, Instant now) {
        if (state.ended()) {
            return state;
        }
        StudyState next = state;
        for (Trial trial : state.open()) {
            next = next.with(trial.failed("the study ended before it: " + reason, 0, now));
        }
        return next.endedWith(reason, now);
    }

    /**
     * Whether there is nothing left to wait for: ended, wall time used up, the first ten trials all failed; or no trial
     * is open, and the budget of trials is used up or every point of a finite space has its trial.
     */
    public static Done isDone(StudyState state, Instant now) {
        return Stopping.done(state, now);
    }

    /** The complete trial with the best value, the earliest of equals. */
    public static Optional<Trial> best(StudyState state) {
        return bestK(state, 1).stream().findFirst();
    }

    /** The best complete trials with different configurations, best first, at most k. */
    public static List<Trial> bestK(StudyState state, int k) {
        Comparator<Trial> byValue = Comparator.comparing(
                trial -> trial.value().orElseThrow(), goal(state).bestFirst());
        Map<Configuration, Trial> best = new LinkedHashMap<>();
        state.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .sorted(byValue.thenComparingInt(Trial::number))
                .forEach(trial -> best.putIfAbsent(trial.configuration(), trial));
        return best.values().stream().limit(k).toList();
    }

    private static Goal goal(StudyState state) {
        return state.spec().objective().goal();
    }

    private static Optional<String> refusal(StudyState state, int trialNumber, int attempt) {
        Optional<Trial> trial = state.trial(trialNumber);
        if (trial.isEmpty()) {
            return Optional.of("trial " + trialNumber + " is not known; there are "
                    + state.trials().size());
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

    private static SamplerRequest request(StudyState state) {
        List<FinishedTrial> finished = new ArrayList<>();
        List<Configuration> running = new ArrayList<>();
        for (Trial trial : state.trials()) {
            if (trial.state().open()) {
                running.add(trial.configuration());
            } else {
                finished.add(finished(trial));
            }
        }
        StudySpec spec = state.spec();
        return new SamplerRequest(
                spec.space(),
                goal(state),
                finished,
                running,
                spec.seed(),
                state.trials().size());
    }

    private static FinishedTrial finished(Trial trial) {
        Outcome outcome = switch (trial.state()) {
            case COMPLETE -> Outcome.COMPLETE;
            case PRUNED -> Outcome.PRUNED;
            case FAILED, WAITING, RUNNING -> Outcome.FAILED;
        };
        int steps = trial.steps().size();
        long step = steps == 0 ? 0 : trial.steps().get(steps - 1).step();
        return new FinishedTrial(
                trial.number(), trial.configuration(), outcome, trial.value().orElse(Double.NaN), step);
    }
}
