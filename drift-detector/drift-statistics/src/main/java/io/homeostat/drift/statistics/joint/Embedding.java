package io.homeostat.drift.statistics.joint;

/** The sum of the features of some rows; parts add up. */
final class Embedding {
    private final double[] sums;
    private long count;

    Embedding(int features) {
        this.sums = new double[features];
    }

    void add(double[] features) {
        count++;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += features[i];
        }
    }

    void merge(Embedding other) {
        count += other.count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }

    long count() {
        return count;
    }

    double mean(int feature) {
        return sums[feature] / count;
    }

    /** The squared distance of the means. */
    double squaredDistance(Embedding other) {
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            double gap = mean(i) - other.mean(i);
            sum += gap * gap;
        }
        return sum;
    }
}
