package io.homeostat.rollout.sequential;

/** Refuses numbers that no formula here can use. */
final class Bounds {
    private Bounds() {}

    static void difference(double value) {
        if (!(value >= -1 && value <= 1)) {
            throw new IllegalArgumentException("value: " + value + " is not within -1 and 1. Scale and clip it first.");
        }
    }

    static void alpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha: " + alpha + " is not inside 0 and 1. Usual is 0.05.");
        }
    }
}
