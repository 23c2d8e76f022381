package io.homeostat.meta.method;

import io.homeostat.meta.method.CommonGround.Seen;
import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * In which ways the new task may be like earlier ones, each with its probability by the trials so far: the means of {@link
 * CommonGround}. The evidence is tempered, for real values are not as normal as the models.
 */
final class Hypotheses {
    /** The power of the evidence. */
    static final double TEMPER = 0.5;

    private static final double NEGLIGIBLE = 1e-3;

    private final WarmPosterior<Seen> posterior;
    private final List<Hypothesis> likely;
    private final double logEvidence;

    /** A mean by its place, its probability, and what follows from it. */
    private record Hypothesis(int mean, double probability, WarmPosterior.Fit fit) {}

    /**
     * @param points at least one
     * @param y their values in these units
     */
    Hypotheses(CommonGround ground, Units units, List<Seen> points, double[] y) {
        posterior = new WarmPosterior<>(points, y, units, ground::difference);
        double[] prior = ground.probabilities();
        List<Hypothesis> all = new ArrayList<>();
        double[] evidence = new double[prior.length];
        double[] tempered = new double[prior.length];
        for (int h = 0; h < prior.length; h++) {
            int mean = h;
            WarmPosterior.Fit fit = posterior.fit(
                    points.stream().mapToDouble(point -> point.means()[mean]).toArray());
            evidence[h] = Math.log(prior[h]) + fit.logEvidence();
            tempered[h] = Math.log(prior[h]) + TEMPER * fit.logEvidence();
            all.add(new Hypothesis(h, 0, fit));
        }
        logEvidence = logSum(evidence);
        double sum = logSum(tempered);
        likely = all.stream()
                .map(each -> new Hypothesis(each.mean, Math.exp(tempered[each.mean] - sum), each.fit))
                .filter(each -> each.probability > NEGLIGIBLE)
                .toList();
    }

    private static double logSum(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return most + Math.log(sum);
    }

    /** ln of the probability of the values under all of them. */
    double logEvidence() {
        return logEvidence;
    }

    /** The value that is expected at a point. */
    double expected(Seen point) {
        WarmPosterior.Related related = posterior.related(point);
        double sum = 0;
        double all = 0;
        for (Hypothesis each : likely) {
            double mean =
                    posterior.at(related, point.means()[each.mean], each.fit).mean();
            sum += each.probability * Math.abs(each.fit.scale()) * mean;
            all += each.probability;
        }
        return sum / all;
    }

    /** The points whose values it knows. */
    List<Seen> points() {
        return posterior.points();
    }

    /**
     * ln of the improvement on the best value that is expected at a point.
     *
     * @param covariances of the point with {@link #points}, in their order
     */
    double logImprovement(Seen point, double[] covariances, double best) {
        WarmPosterior.Related related = posterior.related(point, covariances);
        double[] logs = new double[likely.size()];
        for (int i = 0; i < logs.length; i++) {
            Hypothesis each = likely.get(i);
            Prediction expected = posterior.at(related, point.means()[each.mean], each.fit);
            double scale = Math.abs(each.fit.scale());
            logs[i] = Math.log(each.probability * scale)
                    + Acquisition.LOG_EI.of(expected, best / scale, 0).value();
        }
        return logSum(logs);
    }
}
