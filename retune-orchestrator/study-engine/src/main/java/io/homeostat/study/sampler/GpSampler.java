package io.homeostat.study.sampler;

import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.AcquisitionSearch.Found;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Bayesian optimisation with a Gaussian process: a smooth guess at the objective and at how sure it is, and the point
 * that promises most by it.
 *
 * <p>Idea: values are brought to a normal shape ({@link io.homeostat.study.gp.Warp}); a process with a Matérn-5/2 kernel
 * and a length scale per parameter is fitted to them; the point of largest acquisition is suggested. Categorical parameters
 * are the same or not; stepped ones are searched on their grid; one that is not active is at a fixed place. Running trials
 * are believed to end as expected, which spreads parallel trials out. Where there are constraints the acquisition is
 * weighted by the probability that they are kept. Failed trials count as bad.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code startupTrials}: until so many trials have a value suggestions are random; at least 1, default 10
 *   <li>{@code acquisition}: {@code logEi} (default), {@code ei} or {@code ucb}
 *   <li>{@code beta}: of {@code ucb}, the deviations added to the mean; 0 to 10, default 2
 *   <li>{@code candidates}: places tried per suggestion before the best of them climb; 10 to 100,000, default 400
 *   <li>{@code mostTrials}: of more trials the better half of so many and the newest are used; 20 to 2,000, default 300
 * </ul>
 *
 * <p>Cost: O(n³/6 + candidates·n²/2) for n trials used, and a fit of O(n³) for each eighth more trials.
 *
 * <p>References: J. Snoek et al., Practical Bayesian Optimization of Machine Learning Algorithms, NIPS 2012; J. Gardner et
 * al., Bayesian Optimization with Inequality Constraints, ICML 2014; D. Ginsbourger et al., Kriging Is Well-Suited to
 * Parallelize Optimization, 2010.
 */
public final class GpSampler implements Sampler {
    private static final int GOOD = 5;

    private final int startupTrials;
    private final Acquisition acquisition;
    private final double beta;
    private final int candidates;
    private final int mostTrials;

    /** All defaults. */
    public GpSampler() {
        this(Options.none("sampler.gp"));
    }

    /** The options named above. */
    GpSampler(Options options) {
        startupTrials = options.integer("startupTrials", 10, 1, 1_000_000);
        acquisition = switch (options.word("acquisition", "logEi", List.of("logEi", "ei", "ucb"))) {
            case "ei" -> Acquisition.EI;
            case "ucb" -> Acquisition.UCB;
            default -> Acquisition.LOG_EI;
        };
        beta = options.number("beta", 2, 0, 10);
        candidates = options.integer("candidates", 400, 10, 100_000);
        mostTrials = options.integer("mostTrials", 300, 20, 2_000);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        UnitCube cube = new UnitCube(request.space());
        int known = request.finished().ranking().size();
        if (known < startupTrials || cube.count() == 0) {
            return unseen.draw(random, "random: " + known + " of " + startupTrials + " start-up trials have a value");
        }
        return suggest(request, cube, TrustRegion.none(cube.count()));
    }

    /** A suggestion inside a box. */
    Suggestion suggest(SamplerRequest request, UnitCube cube, TrustRegion box) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        GpModel model = new GpModel(request, cube, mostTrials);
        AcquisitionSearch search = new AcquisitionSearch(
                cube, (place, gradient) -> model.score(acquisition, beta, place, gradient), box, random);
        for (Found found : search.search(best(request, cube), candidates)) {
            Configuration configuration = cube.configuration(found.place());
            if (unseen.test(configuration)) {
                double expected = model.expectedImprovement(found.place());
                String reason = String.format(
                        Locale.ROOT,
                        "gp: %s %.3g is the largest found after %d trials",
                        acquisition,
                        found.score(),
                        request.finished().size());
                return Double.isFinite(expected)
                        ? new Suggestion(configuration, reason).expecting(expected)
                        : new Suggestion(configuration, reason);
            }
        }
        return unseen.draw(random, "random: gp found none but known points");
    }

    private static List<double[]> best(SamplerRequest request, UnitCube cube) {
        Ranking ranking = request.finished().ranking();
        List<double[]> places = new ArrayList<>();
        for (int rank = 0; rank < Math.min(GOOD, ranking.size()); rank++) {
            places.add(cube.place(request.finished(), ranking.get(rank)));
        }
        return places;
    }
}
