package io.homeostat.rollout.lifecycle;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written in reasons: the same everywhere, whatever the machine's language. */
final class Sentences {
    private Sentences() {}

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** An e-value from its logarithm, never an infinity. */
    static String e(double logE) {
        double tens = logE / Math.log(10);
        if (tens > -2 && tens < 3) {
            return String.format(Locale.ROOT, "%.3g", Math.exp(logE));
        }
        double exponent = Math.floor(tens);
        return String.format(Locale.ROOT, "%.1fe%d", Math.pow(10, tens - exponent), (long) exponent);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String time(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
