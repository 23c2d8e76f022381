package io.homeostat.study.sampler;

import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.AcquisitionSearch.Found;
import io.homeostat.study.sampler.AcquisitionSearch.Score;
import io.homeostat.study.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Bayesian optimisation with a Gaussian process: a smooth guess at the objective and at how sure it is, and the point
 * that promises most by it.
 *
 * <p>Idea: values are brought to a normal shape ({@link io.homeostat.study.gp.Warp}); a process with a Matérn-5/2 kernel
 * and a length scale per parameter is fitted to them; the point of largest acquisition is suggested. Categorical parameters
 * are the same or not; stepped ones are searched on their grid; one that is not active is at a fixed place. Running trials
 * are taken to end half a deviation worse than expected: that spreads parallel trials out, and what was chosen for its promise
 * comes out worse than its promise on the whole. Where there are constraints the acquisition is weighted by the
 * probability that they are kept. Failed trials count as bad.
 *
 * <p>With two to four objectives each has a process of its own, and the point is suggested that is expected to enlarge most
 * the volume that the front dominates ({@link io.homeostat.study.gp.ExpectedVolume}), measured on the normal scale of each
 * objective; {@code acquisition} does not matter then. With more of them {@link TpeSampler} is asked.
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
    private static final int GOOD_ON_FRONT = 20;
    private static final int DRAWS = 20;

    /** Who is asked where volumes take too long. */
    private final TpeSampler manyObjectives = new TpeSampler();

    private final int startupTrials;
    private final Acquisition acquisition;
    private final double beta;
    private final int candidates;
    private final int mostTrials;
    private final List<Configuration> believed;

    /** All defaults. */
    public GpSampler() {
        this(Options.none("sampler.gp"));
    }

    /**
     * All defaults, and a {@link Belief} that good configurations are near these: instead of at random the start-up trials are
     * drawn from there.
     *
     * @param good at least one, of the space that is searched
     */
    public GpSampler(List<Configuration> good) {
        this(Options.none("sampler.gp"), good);
    }

    /** The options named above. */
    GpSampler(Options options) {
        this(options, List.of());
    }

    private GpSampler(Options options, List<Configuration> believed) {
        this.believed = List.copyOf(believed);
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
        if (request.goals().size() > FrontModel.mostObjectives()) {
            return manyObjectives.suggest(request);
        }
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        UnitCube cube = new UnitCube(request.space());
        int known = request.finished().ranking().size();
        if (known < startupTrials || cube.count() == 0) {
            String reason = known + " of " + startupTrials + " start-up trials have a value";
            return believed.isEmpty() || cube.count() == 0
                    ? unseen.draw(random, "random: " + reason)
                    : fromBelief(cube, unseen, random, reason);
        }
        return suggest(request, cube, TrustRegion.none(cube.count()));
    }

    private Suggestion fromBelief(UnitCube cube, Unseen unseen, RandomGenerator random, String reason) {
        Belief belief = new Belief(cube, believed);
        for (int i = 0; i < DRAWS; i++) {
            Configuration drawn = i < believed.size() ? believed.get(i) : belief.draw(random);
            if (unseen.test(drawn)) {
                return new Suggestion(drawn, "gp: believed to be good; " + reason);
            }
        }
        return unseen.draw(random, "random: " + reason);
    }

    private Score score(SamplerRequest request, UnitCube cube, GpModel model) {
        if (believed.isEmpty()) {
            return (place, gradient) -> model.score(acquisition, beta, place, gradient);
        }
        Belief belief = new Belief(cube, believed);
        double strength = Belief.strength(request.finished().size());
        return (place, gradient) ->
                model.score(acquisition, beta, place, gradient) + strength * belief.log(place, strength, gradient);
    }

    /** A suggestion inside a box. */
    Suggestion suggest(SamplerRequest request, UnitCube cube, TrustRegion box) {
        return request.goals().size() == 1 ? byObjective(request, cube, box) : byFront(request, cube, box);
    }

    private Suggestion byObjective(SamplerRequest request, UnitCube cube, TrustRegion box) {
        GpModel model = new GpModel(request, cube, mostTrials);
        Optional<Found> best = best(request, cube, box, score(request, cube, model), GOOD);
        if (best.isEmpty()) {
            return random(request);
        }
        double expected = model.expectedImprovement(best.get().place());
        Suggestion suggestion = suggestion(request, cube, best.get(), acquisition.toString());
        return Double.isFinite(expected) ? suggestion.expecting(expected) : suggestion;
    }

    private Suggestion byFront(SamplerRequest request, UnitCube cube, TrustRegion box) {
        FrontModel model = new FrontModel(request, cube, mostTrials);
        return best(request, cube, box, model::score, GOOD_ON_FRONT)
                .map(best -> suggestion(request, cube, best, "ln of the expected gain in hypervolume"))
                .orElseGet(() -> random(request));
    }

    private Optional<Found> best(SamplerRequest request, UnitCube cube, TrustRegion box, Score score, int near) {
        Unseen unseen = new Unseen(request);
        List<double[]> good = Arrays.stream(RegressionData.best(request.finished(), near))
                .mapToObj(trial -> cube.place(request.finished(), trial))
                .toList();
        return new AcquisitionSearch(cube, score, box, request.random())
                .search(good, candidates).stream()
                        .filter(found -> unseen.test(cube.configuration(found.place())))
                        .findFirst();
    }

    private static Suggestion suggestion(SamplerRequest request, UnitCube cube, Found best, String what) {
        String reason = String.format(
                Locale.ROOT,
                "gp: %s %.3g is the largest found after %d trials",
                what,
                best.score(),
                request.finished().size());
        return new Suggestion(cube.configuration(best.place()), reason);
    }

    private static Suggestion random(SamplerRequest request) {
        return new Unseen(request).draw(request.random(), "random: gp found none but known points");
    }
}
