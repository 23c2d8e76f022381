package io.homeostat.retune.confirm;

import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.backbone.spec.Metrics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Whether the winner of a search is worth a rollout.
 *
 * <p><b>Idea.</b> The winner and the champion answer the same, newest rows, which no search has seen. The rollout will
 * judge again, on live traffic and with an error budget of its own; so this is a gate that keeps out what is not better,
 * not the last word.
 *
 * <p><b>Decision.</b> Propose iff there is no champion, or the winner's objective is strictly better and the one-sided
 * p-value of the paired comparison is at most {@value #HIGHEST_P}.
 *
 * <p>A lenient gate on purpose: right after a change the hold-out has few rows; on 225, .87 against .81 is p = .12
 * already; what passes by chance costs a shadow step.
 *
 * <p><b>Example.</b> Accuracy .95 against .94 on 1,000 rows, better on 32 and worse on 20: p = .06, proposed. Better on 24
 * and worse on 20: p = .33, no improvement.
 */
public final class HoldoutRule {
    /** The highest p-value that is proposed, 0 to 1. */
    public static final double HIGHEST_P = 0.2;

    /** The highest p-value at which a refit is worse, 0 to 1. */
    public static final double SURELY = 0.05;

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private HoldoutRule() {}

    /**
     * The verdict.
     *
     * @param winner the winner's version
     * @param champion the version it was compared with, if there is one
     */
    public static Verdict judge(HoldoutEvidence holdout, String winner, Optional<String> champion) {
        if (champion.isEmpty()) {
            return new Verdict(
                    true,
                    winner + " is the first champion: " + value(holdout, holdout.candidateValue()) + " on "
                            + holdout.rows() + " hold-out rows");
        }
        Double reference = holdout.championValue();
        Double p = holdout.pValue();
        if (reference == null || p == null) {
            return new Verdict(
                    false, winner + " was not compared with the champion " + champion.get() + " on the hold-out");
        }
        String numbers = numbers(holdout, winner, champion.get(), reference) + ", p = " + small(p);
        String obstacle = obstacle(holdout, reference, p);
        return obstacle == null
                ? new Verdict(true, numbers)
                : new Verdict(false, "No improvement: " + numbers + "; " + obstacle);
    }

    /**
     * The verdict on a refit. It is known configurations on newer rows, and will be served fitted on the hold-out, too, so it
     * need not prove itself: propose unless it is surely worse, that is unless P(B ≤ b) is at most {@value #SURELY}, where
     * B ~ Binomial(b + c, ½), the refit alone is better on b rows and the champion alone on c.
     *
     * @param winner the refit's version
     * @param champion the version it was compared with, if there is one
     */
    public static Verdict judgeRefit(HoldoutEvidence holdout, String winner, Optional<String> champion) {
        Double reference = holdout.championValue();
        if (champion.isEmpty() || reference == null) {
            return judge(holdout, winner, champion);
        }
        String numbers = numbers(holdout, winner, champion.get(), reference);
        double p = new BinomialDistribution(null, holdout.candidateBetter() + holdout.championBetter(), .5)
                .cumulativeProbability(holdout.candidateBetter());
        return p <= SURELY
                ? new Verdict(false, "No improvement: " + numbers + "; newer rows did not help, p = " + small(p))
                : new Verdict(true, numbers + "; a refit need not prove more");
    }

    private static String numbers(HoldoutEvidence holdout, String winner, String champion, double reference) {
        return winner + " has " + value(holdout, holdout.candidateValue()) + " on " + holdout.rows()
                + " hold-out rows, the champion " + champion + " " + number(reference) + "; better on "
                + holdout.candidateBetter() + " rows, worse on " + holdout.championBetter();
    }

    private static boolean better(String metric, double value, double than) {
        return Metrics.higherIsBetter(metric) ? value > than : value < than;
    }

    private static @Nullable String obstacle(HoldoutEvidence holdout, double champion, double p) {
        if (!better(holdout.metric(), holdout.candidateValue(), champion)) {
            return "that is not better";
        }
        return p <= HIGHEST_P ? null : "that may be chance, p is above " + HIGHEST_P;
    }

    private static String value(HoldoutEvidence holdout, double value) {
        return holdout.metric() + " " + number(value);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return BigDecimal.valueOf(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static String small(double p) {
        return p >= 0.001 ? number(p) : String.format(Locale.ROOT, "%.1e", p);
    }
}
