package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Keeps suggestions off points that are running or were tried.
 *
 * <p>In a space whose points can be counted a second try of a point tells little, so tried points are avoided as long
 * as there are others. Where they cannot be counted two draws never meet, and only running points are looked at.
 */
final class Unseen {
    private static final int DRAWS = 20;

    private final Space space;
    private final Set<Configuration> running;
    private final Set<Configuration> seen;

    Unseen(SamplerRequest request) {
        space = request.space();
        running = new HashSet<>(request.running());
        seen = new HashSet<>(running);
        if (space.size().isPresent()) {
            request.finished().forEach(trial -> seen.add(trial.configuration()));
        }
    }

    boolean test(Configuration configuration) {
        return !seen.contains(configuration);
    }

    /** A random point, unseen if there is one, else not running if there is one, else any. */
    Suggestion draw(RandomGenerator random, String reason) {
        Configuration first = space.sample(random);
        Configuration point = first;
        for (int i = 0; i < DRAWS; i++) {
            if (test(point)) {
                return new Suggestion(point, reason);
            }
            point = space.sample(random);
        }
        OptionalLong size = space.size();
        if (size.isEmpty()) {
            return new Suggestion(point, reason);
        }
        return scan(random.nextLong(size.getAsLong()), size.getAsLong(), first, reason);
    }

    // Of |seen| + 1 points in a row one is unseen, unless the space is smaller.
    private Suggestion scan(long start, long size, Configuration otherwise, String reason) {
        Configuration tried = otherwise;
        boolean busy = true;
        for (long i = 0; i < Math.min(size, seen.size() + 1L); i++) {
            Configuration point = space.at((start % size + i) % size);
            if (test(point)) {
                return new Suggestion(point, reason);
            }
            if (busy && !running.contains(point)) {
                tried = point;
                busy = false;
            }
        }
        return new Suggestion(tried, reason + "; all " + size + " points are " + (busy ? "running" : "tried"));
    }
}
