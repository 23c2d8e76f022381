package io.homeostat.study.sampler;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Goes on with paused trials that turned out to be worth it: the other half of {@code {asha: {kind: promotion}}}.
 *
 * <p>Of n trials that have reported on a rung, the best ⌊n/factor⌋ are to go on. The best of those that were pruned there
 * and were not suggested again yet is suggested, from the highest rung down; if there is none, {@code sampler} suggests.
 * Such a trial has two notes: {@value #RESUMES}, the number of the trial it goes on with, and {@code fromStep}, the step
 * it goes on from. A worker that kept a checkpoint of that trial reports from the next step on; one that did not starts
 * over, and its reports up to that step are not counted again.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code sampler}: who suggests new points, a name or a name with options; default {@code tpe}
 *   <li>{@code minStep}, {@code factor}: those of the pruner, with the same defaults
 * </ul>
 *
 * <p>Each resumption is one of the study's trials. Cost: O(trials) per suggestion. Reference: L. Li et al., A System for
 * Massively Parallel Hyperparameter Tuning, MLSys 2020.
 */
public final class PromotingSampler implements Sampler {
    /** A note: the number of the trial that is gone on with. */
    public static final String RESUMES = "resumes";

    private final Sampler inner;
    private final OptionalLong minStep;
    private final int factor;

    /** The options named above. */
    PromotingSampler(Options options) {
        Object written = options.raw("sampler");
        inner = SamplerSpec.parse(written == null ? "tpe" : written).sampler();
        minStep = options.has("minStep")
                ? OptionalLong.of(options.whole("minStep", 1, 1, Integer.MAX_VALUE))
                : OptionalLong.empty();
        factor = options.integer("factor", 4, 2, 100);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        Rungs rungs = Rungs.of(minStep, request.left().fullStep(), factor);
        long highest =
                request.finished().stream().mapToLong(FinishedTrial::step).max().orElse(0);
        Set<String> taken = taken(request);
        for (int rung = rungs.last(highest); rung >= 0; rung--) {
            Optional<Suggestion> promoted = promoted(request, rungs, rung, taken);
            if (promoted.isPresent()) {
                return promoted.get();
            }
        }
        return inner.suggest(request);
    }

    private static Set<String> taken(SamplerRequest request) {
        Set<String> numbers = new HashSet<>();
        request.finished().forEach(trial -> numbers.add(trial.notes().getOrDefault(RESUMES, "")));
        request.running().forEach(trial -> numbers.add(trial.notes().getOrDefault(RESUMES, "")));
        return numbers;
    }

    private record Reported(double value, Optional<FinishedTrial> paused) {}

    private Optional<Suggestion> promoted(SamplerRequest request, Rungs rungs, int rung, Set<String> taken) {
        List<Reported> reported = reported(request, rungs, rung);
        Comparator<Reported> byValue = Comparator.comparingDouble(Reported::value);
        reported.sort(byValue.thenComparingInt(
                each -> each.paused().map(FinishedTrial::number).orElse(-1)));
        Set<Configuration> running = new HashSet<>();
        request.running().forEach(trial -> running.add(trial.configuration()));
        int quota = reported.size() / factor;
        for (int place = 0; place < quota; place++) {
            Optional<FinishedTrial> paused = reported.get(place).paused();
            if (paused.isPresent()
                    && !taken.contains(String.valueOf(paused.get().number()))
                    && !running.contains(paused.get().configuration())) {
                return Optional.of(suggestion(paused.get(), place + 1, reported.size(), rungs.step(rung)));
            }
        }
        return Optional.empty();
    }

    private static List<Reported> reported(SamplerRequest request, Rungs rungs, int rung) {
        Goal goal = request.goal();
        List<Reported> reported = new ArrayList<>();
        for (FinishedTrial trial : request.finished()) {
            boolean paused = trial.outcome() == FinishedTrial.Outcome.PRUNED && rungs.last(trial.step()) == rung;
            rungs.value(trial.steps(), trial.notes(), rung)
                    .ifPresent(value -> reported.add(
                            new Reported(goal.minimized(value), paused ? Optional.of(trial) : Optional.empty())));
        }
        for (RunningTrial trial : request.running()) {
            rungs.value(trial.steps(), trial.notes(), rung)
                    .ifPresent(value -> reported.add(new Reported(goal.minimized(value), Optional.empty())));
        }
        return reported;
    }

    private static Suggestion suggestion(FinishedTrial paused, int place, int of, long step) {
        String reason = String.format(
                Locale.ROOT, "trial %d goes on: it is number %d of %d at step %d", paused.number(), place, of, step);
        return new Suggestion(paused.configuration(), reason)
                .withNotes(Map.of(
                        RESUMES, String.valueOf(paused.number()), Rungs.FROM_STEP, String.valueOf(paused.step())));
    }
}
