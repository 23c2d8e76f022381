package io.homeostat.study.sampler;

import io.homeostat.study.gp.BoxMinimizer;
import io.homeostat.study.space.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the place of a unit cube where a score is largest: random places and some near good ones are tried, and the
 * best of them climb: along the gradient in the numeric coordinates, then step by step in those whose values can be counted.
 */
final class AcquisitionSearch {
    private static final int CLIMBERS = 4;
    private static final int CLIMB_EVALUATIONS = 20;
    private static final int ROUNDS = 2;
    private static final int MOST_CHOICES = 12;
    private static final double FIRST_STEP = 0.03;
    private static final double TOLERANCE = 1e-4;
    private static final double[] NEAR = {0.2, 0.05, 0.01};

    private final UnitCube cube;
    private final Score score;
    private final double[] lower;
    private final double[] upper;
    private final RandomGenerator random;

    /** What is to be large. */
    @FunctionalInterface
    interface Score {
        /**
         * The score at a place.
         *
         * @param gradient to be filled, unless it is null; categorical coordinates have 0
         */
        double at(double[] place, double @Nullable [] gradient);
    }

    /** A place with its score. */
    @SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
    record Found(double[] place, double score) {}

    /**
     * @param box where to search; categorical coordinates are free
     */
    AcquisitionSearch(UnitCube cube, Score score, TrustRegion box, RandomGenerator random) {
        this.cube = cube;
        this.score = score;
        lower = box.lower();
        upper = box.upper();
        this.random = random;
    }

    /**
     * Places from the best on: those that climbed, then candidates.
     *
     * @param good near which to look as well, from the best on
     * @param candidates how many places to try, half of them near good ones
     */
    List<Found> search(List<double[]> good, int candidates) {
        List<Found> pool = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            boolean near = i % 2 == 1 && !good.isEmpty();
            double[] place = cube.snapped(near ? near(good.get(i / 2 % good.size())) : anywhere());
            pool.add(new Found(place, score.at(place, null)));
        }
        Comparator<Found> bestFirst = Comparator.comparingDouble(Found::score).reversed();
        pool.sort(bestFirst);
        List<Found> found = new ArrayList<>();
        for (Found start : pool.subList(0, Math.min(CLIMBERS, pool.size()))) {
            found.add(climbed(start));
        }
        found.addAll(pool);
        found.sort(bestFirst);
        return found;
    }

    private double[] anywhere() {
        double[] place = new double[cube.count()];
        for (int j = 0; j < place.length; j++) {
            double u = random.nextDouble();
            place[j] = cube.categorical(j) ? u : lower[j] + u * (upper[j] - lower[j]);
        }
        return place;
    }

    private double[] near(double[] centre) {
        double[] place = centre.clone();
        double width = NEAR[random.nextInt(NEAR.length)];
        double share = Math.max(0.3, Math.min(1, 3.0 / place.length));
        for (int j = 0; j < place.length; j++) {
            if (random.nextDouble() >= share) {
                continue;
            }
            place[j] = cube.categorical(j)
                    ? (random.nextDouble() < share ? random.nextDouble() : place[j])
                    : inside(j, place[j] + step(j, width) * Normal.draw(random));
        }
        return place;
    }

    // a step below the distance of neighbouring values would lead nowhere
    private double step(int j, double width) {
        return cube.stepped(j) ? Math.max(width, 1.0 / cube.parameter(j).size().orElseThrow()) : width;
    }

    private double inside(int j, double u) {
        return Math.min(upper[j], Math.max(lower[j], u));
    }

    private Found climbed(Found start) {
        Found best = start;
        for (int round = 0; round < ROUNDS; round++) {
            double before = best.score;
            best = stepped(upGradient(best));
            if (best.score < before + TOLERANCE) {
                break;
            }
        }
        return best;
    }

    private Found upGradient(Found start) {
        double[] low = lower.clone();
        double[] high = upper.clone();
        for (int j = 0; j < low.length; j++) {
            if (cube.categorical(j)) {
                low[j] = start.place[j];
                high[j] = start.place[j];
            }
        }
        BoxMinimizer.Smooth falling = (place, gradient) -> {
            double value = score.at(place, gradient);
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] = -gradient[j];
            }
            return -value;
        };
        BoxMinimizer.Minimum top =
                BoxMinimizer.minimize(falling, start.place, low, high, FIRST_STEP, CLIMB_EVALUATIONS, TOLERANCE);
        double[] place = cube.snapped(top.x());
        double value = Arrays.equals(place, top.x()) ? -top.value() : score.at(place, null);
        return value > start.score ? new Found(place, value) : start;
    }

    private Found stepped(Found start) {
        Found best = start;
        for (int j = 0; j < cube.count(); j++) {
            if (!cube.stepped(j)) {
                continue;
            }
            for (double other : neighbours(j, best.place[j])) {
                double[] place = best.place.clone();
                place[j] = other;
                place = cube.snapped(place);
                double value = score.at(place, null);
                best = value > best.score ? new Found(place, value) : best;
            }
        }
        return best;
    }

    /* The values beside a numeric one; all others, or some, of a categorical one. */
    private double[] neighbours(int j, double place) {
        Parameter parameter = cube.parameter(j);
        int size = (int) Math.min(Integer.MAX_VALUE, parameter.size().orElseThrow());
        if (cube.categorical(j)) {
            IntStream choices = size <= MOST_CHOICES ? IntStream.range(0, size) : random.ints(MOST_CHOICES, 0, size);
            return choices.mapToDouble(i -> parameter.toUnit(parameter.at(i))).toArray();
        }
        double half = parameter.stretch(parameter.fromUnit(place)).width() / 2 + 1e-9;
        return new double[] {inside(j, place - half), inside(j, place + half)};
    }
}
