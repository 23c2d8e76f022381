package io.homeostat.study.sampler;

import io.homeostat.study.sampler.GoodTrials.Good;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One suggestion of a {@link TpeSampler}: group by group of parameters that are there together, parents first. */
final class TpeSearch {
    static final double FADING = 10; // trials after which what was good elsewhere counts half

    private final TpeSettings settings;
    private final GoodTrials goodTrials;
    private final SamplerRequest request;
    private final History finished;
    private final long step;
    private final Axes axes;
    private final RandomGenerator random;
    private final List<double[]> running;
    private final List<double[]> elsewhere;
    private final Map<List<Axis>, List<Candidate>> found = new HashMap<>();
    private @Nullable Good first;

    private record Candidate(double[] places, double score) {}

    /** What is best, and how much better. */
    record Best(Configuration configuration, double score, Good good) {}

    /**
     * @param step only trials that reported this step count; 0 for all
     */
    TpeSearch(TpeSettings settings, GoodTrials goodTrials, SamplerRequest request, long step, RandomGenerator random) {
        this(settings, goodTrials, request, step, random, List.of());
    }

    /**
     * @param elsewhere configurations that were good elsewhere
     */
    TpeSearch(
            TpeSettings settings,
            GoodTrials goodTrials,
            SamplerRequest request,
            long step,
            RandomGenerator random,
            List<Configuration> elsewhere) {
        this.elsewhere = elsewhere.stream()
                .map(configuration -> request.space().toUnit(configuration))
                .toList();
        this.settings = settings;
        this.goodTrials = goodTrials;
        this.request = request;
        this.step = step;
        this.random = random;
        finished = request.finished();
        axes = finished.derive(Axes.OF_SPACE);
        running = settings.constantLiar() ? places(request.running()) : List.of();
    }

    private List<double[]> places(List<RunningTrial> trials) {
        return trials.stream()
                .sorted(Comparator.comparingInt(RunningTrial::number))
                .map(trial -> request.space().toUnit(trial.configuration()))
                .toList();
    }

    /** The best point that is unseen; empty if no candidate is. */
    Optional<Best> best(Unseen unseen) {
        for (int rank = 0; rank < settings.candidates(); rank++) {
            Best best = ofRank(rank);
            if (unseen.test(best.configuration())) {
                return Optional.of(best);
            }
        }
        return Optional.empty();
    }

    /** The point made of each group's candidate of this rank. */
    private Best ofRank(int rank) {
        double[] unit = new double[request.space().names().size()];
        Arrays.fill(unit, 0.5);
        double score = 0;
        for (List<Axis> group : groups()) {
            if (axes.active(group.get(0).index(), unit)) {
                Candidate candidate =
                        found.computeIfAbsent(group, this::candidates).get(rank);
                score += candidate.score;
                write(group, candidate.places, unit);
            }
        }
        return new Best(
                request.space().fromUnit(unit), score, first == null ? new Good(new int[0], new double[0], 0) : first);
    }

    private List<List<Axis>> groups() {
        if (!settings.multivariate()) {
            return axes.single();
        }
        return settings.group() ? axes.together() : axes.all();
    }

    /** Coordinates of parameters that are not there stay as they are. */
    private static void write(List<Axis> group, double[] places, double[] unit) {
        for (int j = 0; j < places.length; j++) {
            if (!Double.isNaN(places[j])) {
                unit[group.get(j).index()] = group.get(j).unit(places[j]);
            }
        }
    }

    /** Best first. */
    private List<Candidate> candidates(List<Axis> group) {
        Good good = goodTrials.among(finished, group.get(0).index());
        first = first == null ? good : first;
        ParzenEstimator l = good(group, good);
        ParzenEstimator g = rest(group, good);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < settings.candidates(); i++) {
            double[] places = there(group, l.draw(random));
            Point point = Point.at(group, places);
            candidates.add(new Candidate(places, l.logDensity(point) - g.logDensity(point)));
        }
        candidates.sort(Comparator.comparingDouble(candidate -> -candidate.score));
        return candidates;
    }

    /** NaN for what is not there, given the places of what it hangs on in the group. */
    private double[] there(List<Axis> group, double[] places) {
        if (!request.space().conditional() || settings.group() || !settings.multivariate()) {
            return places; // a group is only looked at where it is there
        }
        double[] unit = new double[request.space().names().size()];
        Arrays.fill(unit, 0.5);
        for (int j = 0; j < places.length; j++) {
            unit[group.get(j).index()] = group.get(j).unit(places[j]);
        }
        for (int j = 0; j < places.length; j++) {
            places[j] = axes.active(group.get(j).index(), unit) ? places[j] : Double.NaN;
        }
        return places;
    }

    private ParzenEstimator good(List<Axis> group, Good good) {
        List<double[]> there = elsewhere.stream()
                .filter(unit -> group.stream().anyMatch(axis -> !Double.isNaN(unit[axis.index()])))
                .toList();
        int n = good.trials().length;
        double[][] places = new double[group.size()][n + there.size()];
        int[][] sorted = new int[group.size()][];
        for (int j = 0; j < places.length; j++) {
            Axis axis = group.get(j);
            Arrays.setAll(
                    places[j],
                    i -> axis.place(
                            i < n ? finished.unit(good.trials()[i], axis.index()) : there.get(i - n)[axis.index()]));
            sorted[j] = Observations.sorted(new int[0], places[j], 0);
        }
        double[] weights = Arrays.copyOf(good.weights(), n + there.size());
        Arrays.fill(weights, n, weights.length, FADING / (FADING + finished.size()));
        return new ParzenEstimator(group, places, sorted, weights, weights.length);
    }

    private ParzenEstimator rest(List<Axis> group, Good good) {
        Observations observations = finished.derive(new Observations.Of(group, step));
        List<double[]> there = running.stream()
                .filter(unit -> group.stream().anyMatch(axis -> !Double.isNaN(unit[axis.index()])))
                .toList();
        int n = observations.size();
        int total = observations.total() - good.trials().length + there.size();
        double[][] places = new double[group.size()][];
        int[][] sorted = new int[group.size()][];
        for (int j = 0; j < places.length; j++) {
            Axis axis = group.get(j);
            places[j] = Arrays.copyOf(observations.places(j), n + there.size());
            for (int i = n; i < places[j].length; i++) {
                places[j][i] = axis.place(there.get(i - n)[axis.index()]);
            }
            sorted[j] = Observations.sorted(observations.sorted(j), places[j], n);
        }
        return new ParzenEstimator(group, places, sorted, weights(observations, good, there.size(), total), total);
    }

    private double[] weights(Observations observations, Good good, int others, int total) {
        double[] weights = new double[observations.size() + others];
        Arrays.fill(weights, 1);
        for (int trial : good.trials()) {
            int at = observations.find(finished, trial);
            if (at >= 0) {
                weights[at] = 0;
            }
        }
        int older = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                int standsFor = i < observations.size() ? observations.standsFor(i) : 1;
                weights[i] = standsFor * Weights.of(older, total);
                older += standsFor;
            }
        }
        return weights;
    }
}
