package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import java.util.SplittableRandom;

/**
 * First trials, spread evenly: the middle of the space, then points of an additive recurrence, whose i-th is the fractional
 * part of shift + i·α in each coordinate, with powers of the generalised golden ratio for α and a random shift.
 *
 * <p>Reference: M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018.
 */
final class SpreadStart {
    private static final int ROUNDS = 60;
    private static final long SALT = 0x5DEECE66DL;

    private SpreadStart() {}

    static Suggestion suggest(SamplerRequest request, UnitCube cube, Unseen unseen) {
        Configuration middle = request.space().middle();
        if (request.finished().isEmpty() && request.running().isEmpty() && unseen.test(middle)) {
            return new Suggestion(middle, "auto: the middle of the space");
        }
        Configuration point = cube.configuration(place(request, cube.count()));
        return unseen.test(point)
                ? new Suggestion(point, "auto: first trials, spread evenly")
                : unseen.draw(request.random(), "auto: first trials, random");
    }

    private static double[] place(SamplerRequest request, int d) {
        double ratio = 1.5; // the root of x^(d+1) = x + 1
        for (int i = 0; i < ROUNDS; i++) {
            ratio = Math.pow(1 + ratio, 1.0 / (d + 1));
        }
        SplittableRandom shift = new SplittableRandom(request.seed() ^ SALT);
        double[] place = new double[d];
        double step = 1;
        for (int j = 0; j < d; j++) {
            step /= ratio;
            double at = shift.nextDouble() + request.trialNumber() * step;
            place[j] = at - Math.floor(at);
        }
        return place;
    }
}
