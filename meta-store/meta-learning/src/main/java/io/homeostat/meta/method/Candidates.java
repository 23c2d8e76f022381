package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Points worth looking at in the light of the past: the same for all studies with this past.
 *
 * @param fromTasks so many of the tasks' best, in all
 * @param near so many near those
 * @param anywhere so many at random
 */
record Candidates(int fromTasks, int near, int anywhere) {
    /** For a search. */
    static final Candidates MANY = new Candidates(400, 150, 256);

    /** For the first trials alone. */
    static final Candidates FEW = new Candidates(128, 64, 64);

    private static final int LEAST_PER_TASK = 3;
    private static final double[] WIDTHS = {0.1, 0.03};
    private static final long SEED = 0x5DEECE66DL;

    /** The best of each task, points near those, and points anywhere; all different. */
    List<Configuration> of(Past past) {
        Space space = past.target().space();
        Set<Configuration> all = new LinkedHashSet<>();
        int tasks = Math.max(1, past.tasks().size());
        int perTask = Math.max(LEAST_PER_TASK, fromTasks / tasks);
        for (PastTask task : past.tasks()) {
            task.configurations().stream().limit(perTask).forEach(all::add);
        }
        RandomGenerator random = new SplittableRandom(SEED);
        UnitCube cube = new UnitCube(space);
        for (int i = 0; i < near && !past.tasks().isEmpty(); i++) {
            PastTask task = past.tasks().get(i % tasks);
            List<Configuration> best = task.configurations();
            int rank = Math.min(best.size() - 1, i / tasks % LEAST_PER_TASK);
            all.add(near(cube, best.get(rank), WIDTHS[i % WIDTHS.length], random));
        }
        for (int i = 0; i < anywhere; i++) {
            all.add(space.sample(random));
        }
        return List.copyOf(all);
    }

    /** A point near another: each coordinate moved by a normal step with probability at least 1/2, or another choice. */
    static Configuration near(UnitCube cube, Configuration centre, double width, RandomGenerator random) {
        double[] place = cube.place(centre);
        for (int j = 0; j < place.length; j++) {
            if (random.nextBoolean()) {
                place[j] = cube.categorical(j)
                        ? (random.nextInt(4) == 0 ? random.nextDouble() : place[j])
                        : Math.min(1, Math.max(0, place[j] + step(cube, j, width) * random.nextGaussian()));
            }
        }
        return cube.configuration(place);
    }

    /* A step below the distance of neighbouring values would lead nowhere. */
    private static double step(UnitCube cube, int j, double width) {
        return Math.max(width, 1.0 / cube.parameter(j).size().orElse(Long.MAX_VALUE));
    }
}
