package io.homeostat.study.sampler;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All that a sampler may know.
 *
 * @param space where to search; every configuration below lies in it
 * @param goal whether less or more is better
 * @param finished trials that have ended, in any order
 * @param running configurations of trials that have not ended
 * @param seed the study's seed
 * @param trialNumber number of the trial to suggest for, from 0
 */
public record SamplerRequest(
        Space space, Goal goal, List<FinishedTrial> finished, List<Configuration> running, long seed, int trialNumber) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public SamplerRequest {
        if (trialNumber < 0) {
            throw new IllegalArgumentException("trialNumber: " + trialNumber + " is below 0.");
        }
        finished = List.copyOf(finished);
        running = List.copyOf(running);
    }

    /** A fresh generator that depends on the seed and the trial number only. */
    RandomGenerator random() {
        return new SplittableRandom(mix(seed + GOLDEN) ^ mix(trialNumber + 2 * GOLDEN));
    }

    // The finaliser of MurmurHash3: neighbouring seeds and numbers give unrelated generators.
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
