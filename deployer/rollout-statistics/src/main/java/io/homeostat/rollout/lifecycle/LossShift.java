package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.sequential.Moments;

/**
 * Whether the champion has become worse while the rollout was under way: then it is the world that has changed.
 *
 * <p>Decision: its recent mean loss (100 labels) is above its mean loss so far by more than {@value #DEVIATIONS} standard
 * deviations of a recent mean. It names the cause of a rollback, it does not decide one.
 *
 * @param all losses so far, 0 to 1
 * @param recent the latest
 */
public record LossShift(Moments all, RecentMean recent) {
    private static final double DEVIATIONS = 4;

    static LossShift start() {
        return new LossShift(Moments.none(), RecentMean.start());
    }

    LossShift observe(double loss) {
        return new LossShift(all.observe(loss), recent.observe(loss));
    }

    /** How far the recent mean is above the whole, in standard deviations; 0 before 200 labels. */
    public double deviations() {
        double deviation = Math.sqrt(all.variance() / (2 * RecentMean.WINDOW - 1));
        return all.count() < 2 * RecentMean.WINDOW || deviation == 0 ? 0 : (recent.mean() - all.mean()) / deviation;
    }

    static boolean worsened(double deviations) {
        return deviations > DEVIATIONS;
    }
}
