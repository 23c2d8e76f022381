package io.homeostat.drift.statistics.joint;

/**
 * How many pairs were compared, and the sums of h and h² over them; parts add up.
 *
 * @param count pairs
 * @param sum Σ h
 * @param squares Σ h²
 */
record PairMoments(long count, double sum, double squares) {
    static final PairMoments NONE = new PairMoments(0, 0, 0);

    PairMoments with(double h) {
        return new PairMoments(count + 1, sum + h, squares + h * h);
    }

    PairMoments plus(PairMoments other) {
        return new PairMoments(count + other.count, sum + other.sum, squares + other.squares);
    }

    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** The standard error of the mean; 0 below two pairs. */
    double standardError() {
        return count < 2 ? 0 : Math.sqrt(Math.max(0, squares - sum * mean()) / (count - 1) / count);
    }
}
