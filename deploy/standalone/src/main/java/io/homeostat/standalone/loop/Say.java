package io.homeostat.standalone.loop;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a person reads while a scenario runs: one line an event, with the time since the start. */
public final class Say {
    private final PrintStream out;
    private final boolean colour;
    private final long startNanos = System.nanoTime();

    /**
     * @param out where to
     * @param colour whether the terminal understands colours
     */
    public Say(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** The console, coloured if it is a terminal. */
    public static Say console() {
        return new Say(System.out, System.console() != null && System.getenv("NO_COLOR") == null);
    }

    /** A headline. */
    public synchronized void title(String text) {
        out.println();
        out.println(colour ? "\u001b[1m" + text + "\u001b[0m" : text);
    }

    /** An event: who, and what in a sentence. */
    public synchronized void line(String who, String what) {
        String first = String.format(Locale.ROOT, "%7.1f s  ", elapsedSeconds());
        String name = String.format(Locale.ROOT, "%-9s ", who);
        out.println(first + (colour ? "\u001b[36m" + name + "\u001b[0m" : name) + what);
    }

    /** Plain text. */
    public synchronized void text(String text) {
        out.println(text);
    }

    /** A line that the next one overwrites on a terminal; elsewhere it is left out. */
    public synchronized void progress(String text) {
        if (colour) {
            out.print("\r\u001b[2K" + text);
            out.flush();
        }
    }

    /** Ends a line of {@link #progress}. */
    public synchronized void progressDone() {
        progress("");
    }

    /** Seconds since the start. */
    public double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** A share in percent, like {@code 94.3 %}. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A number with separators, like {@code 45,312}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A length of time, like {@code 1 m 12 s}. */
    public static String time(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : seconds / 60 + " m " + seconds % 60 + " s";
    }

    /** A curve in blocks, one a value between low and high; a missing value is a blank. */
    public static String sparkline(double[] values, double low, double high) {
        String blocks = "▁▂▃▄▅▆▇█";
        StringBuilder line = new StringBuilder(values.length);
        for (double value : values) {
            if (Double.isNaN(value)) {
                line.append(' ');
                continue;
            }
            double share = (value - low) / (high - low);
            int index = (int) Math.floor(share * blocks.length());
            line.append(blocks.charAt(Math.max(0, Math.min(blocks.length() - 1, index))));
        }
        return line.toString();
    }
}
