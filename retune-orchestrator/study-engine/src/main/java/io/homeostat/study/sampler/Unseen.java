package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.History;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Keeps suggestions off points that are running or were tried.
 *
 * <p>A second try of a point tells little, so tried points are avoided as long as there are others. Also where points cannot
 * be counted: corners and branches of few values are met again and again by those that search.
 */
public final class Unseen {
    private static final int DRAWS = 20;

    private final Space space;
    private final History finished;
    private final Set<Configuration> running;

    /** What this request has seen. */
    public Unseen(SamplerRequest request) {
        space = request.space();
        finished = request.finished();
        running = new HashSet<>();
        request.running().forEach(trial -> running.add(trial.configuration()));
    }

    /** Whether the point is neither running nor tried. */
    public boolean test(Configuration configuration) {
        return !running.contains(configuration) && !finished.tried(configuration);
    }

    /** Whether the point is running. */
    boolean running(Configuration configuration) {
        return running.contains(configuration);
    }

    /** A random point, unseen if there is one, else not running if there is one, else any. */
    public Suggestion draw(RandomGenerator random, String reason) {
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

    // Of as many points in a row as were seen, and one more, one is unseen, unless the space is smaller.
    private Suggestion scan(long start, long size, Configuration otherwise, String reason) {
        Configuration tried = otherwise;
        boolean busy = true;
        for (long i = 0; i < Math.min(size, (long) finished.distinct() + running.size() + 1); i++) {
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
