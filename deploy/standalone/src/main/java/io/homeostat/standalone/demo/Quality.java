package io.homeostat.standalone.demo;

import java.util.ArrayList;
import java.util.List;

/** How often the answers were right, second by second. */
final class Quality {
    private final List<long[]> seconds = new ArrayList<>();

    /**
     * Counts an answer.
     *
     * @param atSeconds time since the traffic began
     * @param right whether the answer was right
     */
    synchronized void add(double atSeconds, boolean right) {
        int second = (int) atSeconds;
        while (seconds.size() <= second) {
            seconds.add(new long[2]);
        }
        seconds.get(second)[0]++;
        seconds.get(second)[1] += right ? 1 : 0;
    }

    /** Share of right answers in a stretch of time; NaN where there were none. */
    synchronized double between(double fromSeconds, double toSeconds) {
        long all = 0;
        long right = 0;
        for (int s = Math.max(0, (int) fromSeconds); s < Math.min(seconds.size(), (int) toSeconds); s++) {
            all += seconds.get(s)[0];
            right += seconds.get(s)[1];
        }
        return all == 0 ? Double.NaN : (double) right / all;
    }

    /** Share of right answers in stretches of equal length. */
    double[] curve(int points, double untilSeconds) {
        double[] curve = new double[points];
        double step = Math.max(1, untilSeconds / points);
        for (int i = 0; i < points; i++) {
            curve[i] = between(Math.floor(i * step), Math.max(Math.floor(i * step) + 1, Math.floor((i + 1) * step)));
        }
        return curve;
    }
}
