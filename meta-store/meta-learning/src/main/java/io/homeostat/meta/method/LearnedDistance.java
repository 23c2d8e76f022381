package io.homeostat.meta.method;

import io.homeostat.meta.similarity.Distance;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How far the data of earlier tasks is from the target's, with a weight for each meta-feature that says how well it told
 * which of the earlier tasks were alike.
 *
 * <p>Two tasks are as unlike as 1 − r, r being the correlation of what their surrogates say of the same points. A feature's weight is
 * max(0, ρ − 1/√T)², where ρ is the rank correlation, over all pairs of the T tasks, of their difference in the feature with how
 * unlike they are. Distances are in units of their median; where no feature tells anything, or the target has none, all are
 * 1.
 */
final class LearnedDistance {
    private static final int LEAST_TASKS = 6;

    private LearnedDistance() {}

    /**
     * The distances in the order of the past.
     *
     * @param said task by task what its surrogate says of the same points
     */
    static double[] toTarget(Past past, double[][] said) {
        List<PastTask> tasks = past.tasks();
        double[] distances = new double[tasks.size()];
        Arrays.fill(distances, Double.NaN);
        if (tasks.size() >= LEAST_TASKS && said[0].length > 1) { // at one point tasks cannot be told apart
            List<Map<String, Double>> features =
                    tasks.stream().map(task -> task.record().metaFeatures()).toList();
            ScaledDistance scale = ScaledDistance.fit(features, weights(features, unlike(said)), 0);
            for (int t = 0; t < distances.length; t++) {
                distances[t] = scale.between(past.target().metaFeatures(), features.get(t))
                        .map(Distance::value)
                        .orElse(Double.NaN);
            }
        }
        return inMedians(distances);
    }

    private static double[] inMedians(double[] distances) {
        double[] known =
                Arrays.stream(distances).filter(d -> !Double.isNaN(d)).sorted().toArray();
        double median = known.length == 0 ? 0 : known[known.length / 2];
        return Arrays.stream(distances)
                .map(d -> median > 0 && !Double.isNaN(d) ? d / median : 1)
                .toArray();
    }

    private static double[][] unlike(double[][] said) {
        double[][] unlike = new double[said.length][said.length];
        PearsonsCorrelation correlation = new PearsonsCorrelation();
        for (int t = 0; t < said.length; t++) {
            for (int u = 0; u < t; u++) {
                double r = correlation.correlation(said[t], said[u]);
                unlike[t][u] = Double.isNaN(r) ? 1 : 1 - r;
            }
        }
        return unlike;
    }

    private static Map<String, Double> weights(List<Map<String, Double>> features, double[][] unlike) {
        SortedSet<String> names = new TreeSet<>();
        features.forEach(each -> names.addAll(each.keySet()));
        Map<String, Double> weights = new HashMap<>();
        double chance = 1 / Math.sqrt(features.size());
        for (String name : names) {
            weights.put(name, Math.pow(Math.max(0, tells(name, features, unlike) - chance), 2));
        }
        return weights;
    }

    /* How well differences in a feature go with how unlike tasks are. */
    private static double tells(String name, List<Map<String, Double>> features, double[][] unlike) {
        List<Double> differences = new ArrayList<>();
        List<Double> unlikes = new ArrayList<>();
        for (int t = 0; t < unlike.length; t++) {
            for (int u = 0; u < t; u++) {
                Double a = features.get(t).get(name);
                Double b = features.get(u).get(name);
                if (a != null && b != null) {
                    differences.add(Math.abs(a - b));
                    unlikes.add(unlike[t][u]);
                }
            }
        }
        if (differences.size() < LEAST_TASKS) {
            return 0;
        }
        double rho = new SpearmansCorrelation().correlation(numbers(differences), numbers(unlikes));
        return Double.isNaN(rho) ? 0 : rho;
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
