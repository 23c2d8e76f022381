package io.homeostat.meta.metafeature;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;

/**
 * How well four simple learners do: how hard a task is, and in which way.
 *
 * <p>Each learns from every second of at most {@value #MOST_ROWS} sampled rows with a label and is tested on the others. For classes the
 * score is the balanced accuracy, brought to 0 for chance and 1 for no error; for numbers it is 1 − squared error / variance,
 * at least −1. With fewer than {@value #FEWEST_ROWS} rows or one class there is none.
 *
 * <ul>
 *   <li>{@code landmarkStump}: one split of one column, the one that fits best
 *   <li>{@code landmarkNaiveBayes}: each column a normal distribution per class; classes only
 *   <li>{@code landmarkLinear}: a ridge regression, for classes one per class
 *   <li>{@code landmarkNearest}: the value of the nearest row
 * </ul>
 *
 * <p>Cost: O(rows² · columns), whatever the size of the snapshot.
 *
 * <p>References: B. Pfahringer et al., Meta-Learning by Landmarking Various Learning Algorithms, ICML 2000.
 */
final class Landmarkers {
    static final int MOST_ROWS = 600;
    static final int FEWEST_ROWS = 20;
    private static final int THRESHOLDS = 15;
    private static final double RIDGE = 1;
    private static final double LEAST_VARIANCE = 1e-2; // columns have variance 1

    private final double[][] train;
    private final double[][] test;
    private final double[][] trainTargets; // a column per class with 0 and 1, or the number
    private final double[][] testTargets;
    private final boolean classes;

    /**
     * @param x row by row, numbers of about mean 0 and variance 1
     * @param targets for each row a 1 in the place of its class, or its number alone
     * @param classes whether they are classes
     */
    private Landmarkers(double[][] x, double[][] targets, boolean classes) {
        train = every(x, 0);
        test = every(x, 1);
        trainTargets = every(targets, 0);
        testTargets = every(targets, 1);
        this.classes = classes;
    }

    private static double[][] every(double[][] rows, int from) {
        double[][] half = new double[(rows.length - from + 1) / 2][];
        for (int i = 0; i < half.length; i++) {
            half[i] = rows[from + 2 * i];
        }
        return half;
    }

    /**
     * The scores.
     *
     * @param x row by row, numbers of about mean 0 and variance 1
     * @param targets for each row a 1 in the place of its class, or its number alone
     */
    static Map<MetaFeature, OptionalDouble> scores(double[][] x, double[][] targets, boolean classes) {
        Map<MetaFeature, OptionalDouble> scores = new TreeMap<>();
        if (x.length < FEWEST_ROWS || x[0].length == 0 || (classes && targets[0].length < 2)) {
            return scores;
        }
        Landmarkers data = new Landmarkers(x, targets, classes);
        scores.put(MetaFeature.LANDMARK_STUMP, data.score(data.stump()));
        scores.put(MetaFeature.LANDMARK_LINEAR, data.score(data.linear()));
        scores.put(MetaFeature.LANDMARK_NEAREST, data.score(data.nearest()));
        if (classes) {
            scores.put(MetaFeature.LANDMARK_NAIVE_BAYES, data.score(data.naiveBayes()));
        }
        return scores;
    }

    private OptionalDouble score(double[][] said) {
        return classes ? balanced(said) : explained(said);
    }

    private OptionalDouble balanced(double[][] said) {
        int k = testTargets[0].length;
        double[] right = new double[k];
        double[] all = new double[k];
        for (int i = 0; i < said.length; i++) {
            int truth = largest(testTargets[i]);
            all[truth]++;
            right[truth] += largest(said[i]) == truth ? 1 : 0;
        }
        double sum = 0;
        int present = 0;
        for (int c = 0; c < k; c++) {
            sum += all[c] > 0 ? right[c] / all[c] : 0;
            present += all[c] > 0 ? 1 : 0;
        }
        double chance = 1.0 / k;
        return present < 2 ? OptionalDouble.empty() : OptionalDouble.of((sum / present - chance) / (1 - chance));
    }

    private OptionalDouble explained(double[][] said) {
        double mean =
                Arrays.stream(testTargets).mapToDouble(y -> y[0]).average().orElse(0);
        double error = 0;
        double variance = 0;
        for (int i = 0; i < said.length; i++) {
            error += Math.pow(said[i][0] - testTargets[i][0], 2);
            variance += Math.pow(testTargets[i][0] - mean, 2);
        }
        return variance > 0 ? OptionalDouble.of(Math.max(-1, 1 - error / variance)) : OptionalDouble.empty();
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /* The split that leaves the least squares of the targets. */
    private double[][] stump() {
        int k = trainTargets[0].length;
        double most = Double.NEGATIVE_INFINITY;
        int column = 0;
        double place = 0;
        double[] below = new double[k];
        double[] above = new double[k];
        for (int j = 0; j < train[0].length; j++) {
            int axis = j;
            double[] sorted =
                    Arrays.stream(train).mapToDouble(row -> row[axis]).sorted().toArray();
            for (int q = 1; q <= THRESHOLDS; q++) {
                double at = sorted[q * (sorted.length - 1) / (THRESHOLDS + 1)];
                double[] left = new double[k + 1];
                double[] right = new double[k + 1];
                for (int i = 0; i < train.length; i++) {
                    double[] side = train[i][j] <= at ? left : right;
                    side[k]++;
                    for (int c = 0; c < k; c++) {
                        side[c] += trainTargets[i][c];
                    }
                }
                double gain = squares(left, k) + squares(right, k);
                if (gain > most && right[k] > 0) {
                    most = gain;
                    column = j;
                    place = at;
                    below = means(left, k);
                    above = means(right, k);
                }
            }
        }
        double[][] said = new double[test.length][];
        for (int i = 0; i < said.length; i++) {
            said[i] = test[i][column] <= place ? below : above;
        }
        return said;
    }

    private static double squares(double[] side, int k) {
        double sum = 0;
        for (int c = 0; c < k && side[k] > 0; c++) {
            sum += side[c] * side[c] / side[k];
        }
        return sum;
    }

    private static double[] means(double[] side, int k) {
        double[] means = new double[k];
        for (int c = 0; c < k; c++) {
            means[c] = side[c] / Math.max(1, side[k]);
        }
        return means;
    }

    private double[][] naiveBayes() {
        int k = trainTargets[0].length;
        int d = train[0].length;
        double[] counts = new double[k];
        double[][] means = new double[k][d];
        double[][] variances = new double[k][d];
        for (int i = 0; i < train.length; i++) {
            int c = largest(trainTargets[i]);
            counts[c]++;
            for (int j = 0; j < d; j++) {
                double gap = train[i][j] - means[c][j];
                means[c][j] += gap / counts[c];
                variances[c][j] += gap * (train[i][j] - means[c][j]);
            }
        }
        double[][] said = new double[test.length][k];
        for (int i = 0; i < test.length; i++) {
            for (int c = 0; c < k; c++) {
                said[i][c] = Math.log((counts[c] + 1) / (train.length + k));
                for (int j = 0; j < d; j++) {
                    double variance = Math.max(LEAST_VARIANCE, variances[c][j] / Math.max(1, counts[c]));
                    said[i][c] -= Math.log(variance) / 2 + Math.pow(test[i][j] - means[c][j], 2) / (2 * variance);
                }
            }
        }
        return said;
    }

    private double[][] linear() {
        int d = train[0].length + 1;
        int k = trainTargets[0].length;
        double[][] squares = new double[d][d];
        double[][] products = new double[d][k];
        for (int i = 0; i < train.length; i++) {
            double[] row = withOne(train[i]);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    squares[a][b] += row[a] * row[b];
                }
                for (int c = 0; c < k; c++) {
                    products[a][c] += row[a] * trainTargets[i][c];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            squares[a][a] += RIDGE;
        }
        DecompositionSolver solver =
                new CholeskyDecomposition(new Array2DRowRealMatrix(squares, false), 1e-6, 1e-10).getSolver();
        double[][] weights =
                solver.solve(new Array2DRowRealMatrix(products, false)).getData();
        double[][] said = new double[test.length][k];
        for (int i = 0; i < said.length; i++) {
            double[] row = withOne(test[i]);
            for (int a = 0; a < d; a++) {
                for (int c = 0; c < k; c++) {
                    said[i][c] += row[a] * weights[a][c];
                }
            }
        }
        return said;
    }

    private static double[] withOne(double[] row) {
        double[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = 1;
        return longer;
    }

    private double[][] nearest() {
        double[][] said = new double[test.length][];
        for (int i = 0; i < said.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < train.length; t++) {
                double distance = 0;
                for (int j = 0; j < train[t].length && distance < least; j++) {
                    double gap = train[t][j] - test[i][j];
                    distance += gap * gap;
                }
                if (distance < least) {
                    least = distance;
                    said[i] = trainTargets[t];
                }
            }
        }
        return said;
    }
}
