package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.CmaEsRuns.Progress;
import io.homeostat.study.sampler.CmaEsRuns.Restarts;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Stretch;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * CMA-ES: a normal distribution that moves and turns towards good values, generation by generation.
 *
 * <p>Idea: λ trials are drawn from N(m, σ²·C) on the unit cube; the better half of them pull the mean m, and shape C so
 * that steps that were good become likely; σ grows while steps point the same way. Numeric parameters only; categorical
 * ones are chosen by {@link TpeSampler}. In a stepped one the deviation is never so small that its present value is the
 * only one left. A run that moves no more is followed by another elsewhere.
 *
 * <p>Its state is not stored: it is replayed from its trials, which note their ordinal. Trials that were there before its
 * first one are taken as a warm start: the best tenth of them give the first mean and covariance.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code population}: trials per generation; 4 to 10,000, default 4 + ⌊3·ln d⌋ for d numeric parameters
 *   <li>{@code sigma}: the first deviation on the unit interval, without warm start; 0.001 to 1, default 0.2
 *   <li>{@code restarts}: {@code ipop} (default) doubles the population, {@code bipop} does so in turn with small ones,
 *       {@code none} keeps it
 *   <li>{@code warm}: whether to start from earlier trials; default true
 * </ul>
 *
 * <p>Example: with 5 parameters λ = 8, and 100 trials are 12 generations.
 *
 * <p>References: N. Hansen, The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772, 2016; A. Auger, N. Hansen, A Restart
 * CMA Evolution Strategy With Increasing Population Size, CEC 2005; N. Hansen, Benchmarking a BI-Population CMA-ES, GECCO
 * 2009; R. Hamano et al., CMA-ES with Margin, GECCO 2022; M. Nomura et al., Warm Starting CMA-ES, AAAI 2021.
 */
public final class CmaEsSampler implements Sampler {
    private static final int DRAWS = 20;
    private static final double DEVIATIONS_TO_MARGIN = 2;

    private final int population;
    private final double sigma;
    private final Restarts restarts;
    private final boolean warm;
    private final TpeSampler choices = new TpeSampler();
    private final List<Configuration> good;

    /** All defaults. */
    public CmaEsSampler() {
        this(Options.none("sampler.cmaes"));
    }

    /**
     * All defaults, with the first run started around configurations that were good elsewhere, whatever trials there are.
     *
     * @param good of the space that is searched; may be empty
     */
    public CmaEsSampler(List<Configuration> good) {
        this(Options.none("sampler.cmaes"), good);
    }

    /** The options named above. */
    CmaEsSampler(Options options) {
        this(options, List.of());
    }

    private CmaEsSampler(Options options, List<Configuration> good) {
        this.good = List.copyOf(good);
        population = options.has("population") ? options.integer("population", 4, 4, 10_000) : 0;
        sigma = options.number("sigma", 0.2, 0.001, 1);
        String word = options.word("restarts", "ipop", List.of("ipop", "bipop", "none"));
        restarts = Restarts.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        warm = options.flag("warm", true);
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        UnitCube cube = new UnitCube(request.space());
        int[] numeric = cube.numeric();
        boolean mixed = numeric.length < cube.count();
        if (numeric.length == 0) {
            return mixed ? choices.suggest(request) : new Unseen(request).draw(request.random(), "cmaes: one point");
        }
        Configuration choice = mixed
                ? choices.suggest(request.withSeed(~request.seed())).configuration()
                : request.space().middle();
        CmaEsRuns runs = new CmaEsRuns(request.seed(), population, sigma, restarts, good);
        Progress progress = request.finished().derive(runs);
        Map<String, String> notes = new HashMap<>();
        int ordinal = ordinal(request, progress);
        notes.put(CmaEsRuns.ORDINAL, String.valueOf(ordinal));
        if (ordinal == 0 && warm && good.isEmpty()) {
            notes.put(CmaEsRuns.FROM, CmaEsRuns.best(request.finished()));
        }
        CmaEs run = progress.run();
        if (run == null) {
            run = runs.start(request.finished(), cube, numeric, from(request, progress, notes));
        }
        double[] start = cube.place(choice);
        return drawn(
                        request,
                        cube,
                        numeric,
                        start,
                        run,
                        "generation " + run.generation + " of run " + (progress.restarted() + 1))
                .withNotes(notes);
    }

    private static int ordinal(SamplerRequest request, Progress progress) {
        int last = progress.next() - 1;
        for (int ordinal : progress.pending().keySet()) {
            last = Math.max(last, ordinal);
        }
        for (RunningTrial trial : request.running()) {
            last = Math.max(last, CmaEsRuns.ordinal(trial.notes()));
        }
        return last + 1;
    }

    /* What the first trial of the first run noted, which may be running, have ended, or be this one. */
    private static String from(SamplerRequest request, Progress progress, Map<String, String> own) {
        History finished = request.finished();
        Integer ended = progress.pending().get(0);
        Map<String, String> first = ended == null ? own : finished.get(ended).notes();
        for (RunningTrial trial : request.running()) {
            first = CmaEsRuns.ordinal(trial.notes()) == 0 ? trial.notes() : first;
        }
        return first.getOrDefault(CmaEsRuns.FROM, "");
    }

    private static Suggestion drawn(
            SamplerRequest request, UnitCube cube, int[] numeric, double[] start, CmaEs run, String where) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        for (int i = 0; i < DRAWS; i++) {
            double[] x = run.draw(random);
            double[] place = start.clone();
            for (int j = 0; j < numeric.length; j++) {
                double drawn = run.mean(j) + widened(cube, numeric[j], run, j) * (x[j] - run.mean(j));
                place[numeric[j]] = Math.min(1, Math.max(0, drawn));
            }
            Configuration configuration = cube.configuration(place);
            if (unseen.test(configuration)) {
                return new Suggestion(configuration, "cmaes: " + where);
            }
        }
        return unseen.draw(random, "random: cmaes found none but known points, " + where);
    }

    /* By how much the deviation of a stepped parameter has to grow so that the next value stays in reach. */
    private static double widened(UnitCube cube, int parameter, CmaEs run, int j) {
        if (!cube.stepped(parameter)) {
            return 1;
        }
        double mean = Math.min(1, Math.max(0, run.mean(j)));
        Stretch cell =
                cube.parameter(parameter).stretch(cube.parameter(parameter).fromUnit(mean));
        double left = cell.from() > 0 ? mean - cell.from() : Double.POSITIVE_INFINITY;
        double right = cell.to() < 1 ? cell.to() - mean : Double.POSITIVE_INFINITY;
        double border = Math.min(left, right);
        return Math.max(1, border / (DEVIATIONS_TO_MARGIN * run.deviation(j)));
    }
}
