package io.homeostat.study.gp;

/**
 * The Matérn-5/2 kernel with a length scale per coordinate (ARD): k(r) = (1 + √5·r + 5r²/3)·exp(−√5·r), r² being the sum
 * of ((a − b)/ℓ)² over the coordinates. Of a categorical coordinate a − b is 0 for the same place and 1 for another.
 */
public final class Matern {
    private static final double ROOT_5 = Math.sqrt(5);

    private final double[] precision; // 1/ℓ²
    private final boolean[] categorical;

    /**
     * @param lengths the length scale of each coordinate, above 0
     * @param categorical which coordinates are categorical
     */
    public Matern(double[] lengths, boolean[] categorical) {
        precision = new double[lengths.length];
        for (int j = 0; j < lengths.length; j++) {
            precision[j] = 1 / (lengths[j] * lengths[j]);
        }
        this.categorical = categorical.clone();
    }

    /** The squared distance in a coordinate, not yet divided by its length scale. */
    static double squared(double a, double b, boolean categorical) {
        if (categorical) {
            return a == b ? 0 : 1;
        }
        return (a - b) * (a - b);
    }

    /** The kernel at a squared distance. */
    public static double value(double squaredDistance) {
        double r = ROOT_5 * Math.sqrt(squaredDistance);
        return (1 + r + r * r / 3) * Math.exp(-r);
    }

    /** −2·dk/d(r²). */
    static double slope(double squaredDistance) {
        double r = ROOT_5 * Math.sqrt(squaredDistance);
        return 5.0 / 3 * (1 + r) * Math.exp(-r);
    }

    /** The squared distance of a point to the one that begins at this place of a list. */
    public double distance(double[] point, double[] list, int from) {
        double sum = 0;
        for (int j = 0; j < point.length; j++) {
            sum += precision[j] * squared(point[j], list[from + j], categorical[j]);
        }
        return sum;
    }

    /** Adds {@code times} the gradient of k by the point to a sum; 0 in categorical coordinates. */
    void addGradient(double[] point, double[] list, int from, double slope, double times, double[] sum) {
        for (int j = 0; j < point.length; j++) {
            if (!categorical[j]) {
                sum[j] -= times * slope * precision[j] * (point[j] - list[from + j]);
            }
        }
    }
}
