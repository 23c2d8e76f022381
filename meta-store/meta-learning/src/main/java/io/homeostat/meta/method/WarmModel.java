package io.homeostat.meta.method;

import io.homeostat.meta.method.CommonGround.Seen;
import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.RegressionData;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the past and the trials so far say together, over a fixed set of {@link Candidates}: how probable it is that the past is
 * of use, and which candidate promises most. Running trials are believed to end as expected.
 *
 * <p>Cost: once, a prediction by each task's surrogate for each candidate; then O(n³ + candidates·n·(n + tasks)) for n trials, and a
 * kernel per candidate for each new one.
 */
final class WarmModel {
    /** Prior odds that the past is of use. */
    static final double ODDS = 4;

    private static final double MOST_EVIDENCE = 50;

    private final UnitCube cube;
    private final CommonGround ground;
    private final Units units;
    private final double[] weights;
    private final List<Configuration> candidates;
    private final Map<Configuration, Seen> seen = new ConcurrentHashMap<>();
    private final IdentityHashMap<Seen, double[]> covariances =
            new IdentityHashMap<>(); // of a trial with each candidate
    private List<Seen> all = List.of(); // the candidates as the tasks see them, once they were looked at

    /**
     * @param past with at least one task
     * @param extent how many points it looks at
     */
    WarmModel(Past past, Candidates extent) {
        cube = new UnitCube(past.target().space());
        candidates = extent.of(past);
        weights = Relevance.weights(past, candidates);
        ground = new CommonGround(past, weights);
        units = Units.of(past, weights);
    }

    /** How much each task of the past counts, the largest being 1; in the order of the past. */
    List<Double> weights() {
        return Arrays.stream(weights).boxed().toList();
    }

    /* A prediction by each task for each candidate is most of the work, so it is shared among the processors. */
    private synchronized List<Seen> seeAll() {
        if (all.isEmpty()) {
            all = candidates.parallelStream().map(this::seen).toList();
        }
        return all;
    }

    /* Trial by trial with each candidate; they stay the same however many trials come. */
    private synchronized double[][] covariances(List<Seen> trials) {
        return trials.stream()
                .map(trial -> covariances.computeIfAbsent(
                        trial,
                        known -> all.stream()
                                .mapToDouble(candidate -> ground.difference(known, candidate))
                                .toArray()))
                .toArray(double[][]::new);
    }

    private Seen seen(Configuration configuration) {
        return seen.computeIfAbsent(configuration, ground::seen);
    }

    /** What is known now. */
    Reading read(SamplerRequest request) {
        History history = request.finished();
        int[] trials = trials(history);
        List<Seen> points = Arrays.stream(trials)
                .mapToObj(i -> seen(history.get(i).configuration()))
                .toList();
        List<Seen> running = request.running().stream()
                .sorted(Comparator.comparingInt(RunningTrial::number))
                .map(trial -> seen(trial.configuration()))
                .toList();
        if (points.isEmpty()) {
            return unconfirmed(running);
        }
        double[] y = units.of(RegressionData.of(history, cube, trials).values());
        Hypotheses hypotheses = new Hypotheses(ground, units, points, y);
        double odds = ODDS * Math.exp(Math.min(MOST_EVIDENCE, Hypotheses.TEMPER * evidence(hypotheses, points, y)));
        return new Reading(odds / (1 + odds), believing(hypotheses, points, y, running), least(y));
    }

    /* By number; none as long as no trial has a value. */
    private static int[] trials(History history) {
        return IntStream.range(0, history.ranking().size() == 0 ? 0 : history.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> history.get(i).number()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Reading unconfirmed(List<Seen> running) {
        double[] expected = running.stream().mapToDouble(Seen::mean).toArray();
        Hypotheses hypotheses = running.isEmpty() ? null : new Hypotheses(ground, units, running, expected);
        return new Reading(ODDS / (1 + ODDS), hypotheses, least(expected));
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    /* ln of how much more probable the values are by the past than without. */
    private double evidence(Hypotheses hypotheses, List<Seen> points, double[] y) {
        WarmPosterior<Seen> cold = new WarmPosterior<>(points, y, units, ground::alike);
        return hypotheses.logEvidence() - cold.fit(new double[y.length]).logEvidence();
    }

    private Hypotheses believing(Hypotheses hypotheses, List<Seen> points, double[] y, List<Seen> running) {
        if (running.isEmpty()) {
            return hypotheses;
        }
        List<Seen> all = new ArrayList<>(points);
        all.addAll(running);
        double[] believed = Arrays.copyOf(y, all.size());
        for (int i = 0; i < running.size(); i++) {
            believed[y.length + i] = hypotheses.expected(running.get(i));
        }
        return new Hypotheses(ground, units, all, believed);
    }

    /** A state of knowledge. */
    final class Reading {
        private final double trust;
        private final @Nullable Hypotheses hypotheses; // null without trials
        private final double best;

        private Reading(double trust, @Nullable Hypotheses hypotheses, double best) {
            this.trust = trust;
            this.hypotheses = hypotheses;
            this.best = best;
        }

        /** The probability that the past is of use, 0 to 1. */
        double trust() {
            return trust;
        }

        /** The candidate that promises most among those that are unseen; without trials the one of the best mean. */
        Optional<Configuration> best(Unseen unseen) {
            double[] scores = scores(seeAll());
            Configuration chosen = null;
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < scores.length; c++) {
                if ((chosen == null || scores[c] > most) && unseen.test(candidates.get(c))) {
                    chosen = candidates.get(c);
                    most = scores[c];
                }
            }
            return Optional.ofNullable(chosen);
        }

        private double[] scores(List<Seen> points) {
            if (hypotheses == null) {
                return points.stream().mapToDouble(point -> -point.mean()).toArray();
            }
            double[][] covariances = covariances(hypotheses.points());
            double[] scores = new double[points.size()];
            for (int c = 0; c < scores.length; c++) {
                double[] k = new double[covariances.length];
                for (int i = 0; i < k.length; i++) {
                    k[i] = covariances[i][c];
                }
                scores[c] = hypotheses.logImprovement(points.get(c), k, best);
            }
            return scores;
        }
    }
}
