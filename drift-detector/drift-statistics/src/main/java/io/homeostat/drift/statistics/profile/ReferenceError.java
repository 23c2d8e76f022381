package io.homeostat.drift.statistics.profile;

/**
 * How often, or how far, the model erred on the reference's labelled rows.
 *
 * @param rate mean bounded loss, 0 to 1: the error rate of a classifier; of a regression the mean of min(1, |error| /
 *     scale)
 * @param scale what an error is divided by before it is cut at 1: 1 for a classifier, the .95 quantile of the
 *     reference's absolute residuals for a regression
 * @param labels how many labelled rows it was taken from, at least 1
 */
public record ReferenceError(double rate, double scale, long labels) {
    /** Checks the ranges. */
    public ReferenceError {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " is not in 0..1.");
        }
        if (!(scale > 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException("scale: " + scale + " is not a number above 0.");
        }
        if (labels < 1) {
            throw new IllegalArgumentException("labels: " + labels + " is below 1. Leave the error absent instead.");
        }
    }

    /** The error rate of a classifier. */
    public static ReferenceError ofRate(double rate, long labels) {
        return new ReferenceError(rate, 1, labels);
    }
}
