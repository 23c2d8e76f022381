package io.homeostat.study.sampler;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All that a sampler may know. A sampler's own parameters are given when it is made.
 *
 * @param finished trials that have ended, with the space and the goals; in any order
 * @param running trials that have not ended, in any order
 * @param seed the study's seed
 * @param trialNumber number of the trial to suggest for, from 0
 * @param left what the study may still spend, this trial included
 * @param parallelism how many trials may be open at the same time, at least 1
 */
public record SamplerRequest(
        History finished, List<RunningTrial> running, long seed, int trialNumber, BudgetLeft left, int parallelism) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public SamplerRequest {
        if (trialNumber < 0) {
            throw new IllegalArgumentException("trialNumber: " + trialNumber + " is below 0.");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism: " + parallelism + " is below 1.");
        }
        running = List.copyOf(running);
    }

    /** The running trials by number, for sums whose last digits depend on the order. */
    List<RunningTrial> runningByNumber() {
        return running.stream()
                .sorted(Comparator.comparingInt(RunningTrial::number))
                .toList();
    }

    /** One objective, no limit, and as many trials at the same time as are running and one more. */
    public SamplerRequest(
            Space space,
            Goal goal,
            List<FinishedTrial> finished,
            List<Configuration> running,
            long seed,
            int trialNumber) {
        this(
                History.of(space, List.of(goal), finished),
                running(running, trialNumber),
                seed,
                trialNumber,
                BudgetLeft.UNLIMITED,
                running.size() + 1);
    }

    private static List<RunningTrial> running(List<Configuration> configurations, int next) {
        List<RunningTrial> trials = new ArrayList<>();
        for (int i = 0; i < configurations.size(); i++) {
            trials.add(RunningTrial.of(Math.max(0, next - configurations.size() + i), configurations.get(i)));
        }
        return trials;
    }

    /** Where to search; every configuration lies in it. */
    public Space space() {
        return finished.space();
    }

    /** Whether less or more is better, for each objective. */
    public List<Goal> goals() {
        return finished.goals();
    }

    /** Whether less or more of the first objective is better. */
    public Goal goal() {
        return finished.goals().get(0);
    }

    /** A fresh generator that depends on the seed and the trial number only. */
    public RandomGenerator random() {
        return new SplittableRandom(mix(seed + GOLDEN) ^ mix(trialNumber + 2 * GOLDEN));
    }

    /** The same question with another seed: for a sampler that asks several others, which must not draw alike. */
    public SamplerRequest withSeed(long newSeed) {
        return new SamplerRequest(finished, running, newSeed, trialNumber, left, parallelism);
    }

    // The finaliser of MurmurHash3: neighbouring seeds and numbers give unrelated generators.
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
