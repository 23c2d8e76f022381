package io.homeostat.meta.method;

/** How far two lists of values put the same things in the same order. */
final class Agreement {
    private Agreement() {}

    /**
     * The share of pairs that two lists put in different order, among those that are different in the second one; 0 where
     * there is no such pair.
     */
    static double discordant(double[] said, double[] values) {
        int pairs = 0;
        int wrong = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < i; j++) {
                if (values[i] != values[j]) {
                    pairs++;
                    wrong += said[i] < said[j] != values[i] < values[j] ? 1 : 0;
                }
            }
        }
        return pairs == 0 ? 0 : (double) wrong / pairs;
    }
}
