package io.homeostat.retune.remedy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Chooses a remedy by what searches of the past have gained and taken.
 *
 * <p><b>Idea.</b> A record of a search says which part of the loss of its trial 0, the re-fitted champion, was taken off by its
 * first k trials, and what k trials take. With gain g and h hours of processor time, the remedy with the largest
 *
 * <pre>g − leastGainPerHour·h</pre>
 *
 * is chosen; where several are equal, the cheapest. A re-fit is the measure, so its gain is 0. Loss is 1 − v of a metric that is
 * maximized, and v of one that is minimized.
 *
 * <p>Of the model's own searches the newest come first, then those on data most like its own; {@value #NEWEST} are looked at. A standard error is
 * added to their mean, for what is not known yet may be good. As long as fewer than {@value #FEWEST} of them had at least half of
 * the trials of a full search, a full one is chosen: so its gain is measured again from time to time.
 *
 * <p><b>Example.</b> A re-fit takes .02 h, eight trials .16 h and take off 9 %, forty .8 h and 10 %. At 1 % an hour forty are worth
 * 9.2 % and eight 8.84 %; at 5 % an hour 6 % and 8.2 %: a short search.
 */
public final class Ladder {
    /** Records looked at. */
    public static final int NEWEST = 10;

    /** Full searches that have to be among them. */
    public static final int FEWEST = 3;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private Ladder() {}

    /**
     * The remedy.
     *
     * @param past records of searches, those that say most about this one first
     * @param budget trials of a full search
     * @param known trials of a re-fit
     * @param leastGainPerHour what an hour has to gain, as a share of the loss
     */
    public static Choice choose(Collection<MetaRecord> past, int budget, int known, double leastGainPerHour) {
        List<Search> searches = past.stream()
                .limit(NEWEST)
                .filter(Search::tells)
                .map(Search::new)
                .toList();
        List<Search> full = searches.stream()
                .filter(search -> 2 * search.trials() >= budget)
                .toList();
        if (leastGainPerHour == 0 || full.size() < FEWEST) {
            return Choice.of(
                    Remedy.FULL_SEARCH,
                    leastGainPerHour == 0
                            ? "full search: leastGainPerHour is 0, so no gain is too small"
                            : "full search: what one gains is known of " + full.size()
                                    + " earlier ones of such data, and " + FEWEST + " are needed");
        }
        List<Expectation> expected = new ArrayList<>();
        for (Remedy remedy : Remedy.values()) {
            expected.add(expected(remedy, remedy.trials(budget, known), full));
        }
        Expectation best = expected.get(0);
        for (Expectation each : expected) {
            best = each.net(leastGainPerHour) > best.net(leastGainPerHour) ? each : best;
        }
        return new Choice(best.remedy(), reason(best, expected, leastGainPerHour), expected);
    }

    private static Expectation expected(Remedy remedy, int trials, List<Search> full) {
        double[] hours =
                full.stream().mapToDouble(search -> search.hours(trials)).toArray();
        double[] gains = full.stream()
                .mapToDouble(search -> remedy == Remedy.REFIT ? 0 : search.gain(trials))
                .toArray();
        double gain = Math.min(1, mean(gains) + error(gains));
        return new Expectation(remedy, gain, mean(hours));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double error(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    private static String reason(Expectation best, List<Expectation> expected, double least) {
        List<String> parts = new ArrayList<>();
        for (Expectation each : expected) {
            String gain = each.remedy() == Remedy.REFIT
                    ? "a re-fit takes "
                    : "a " + each.remedy() + " takes " + percent(each.gain()) + " off its loss in ";
            parts.add(gain + hours(each.hours()));
        }
        return best.remedy() + ": " + String.join(", ", parts)
                + " of processor time, as earlier ones did; an hour has to gain " + percent(least);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String hours(double hours) {
        double seconds = 3600 * hours;
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 6000
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", hours);
    }

    /** A record of a search whose trial 0, number of trials and cost are known. */
    private static final class Search {
        private final MetaRecord record;
        private final DoubleUnaryOperator loss;
        private final double refitted;

        Search(MetaRecord record) {
            this.record = record;
            this.loss = "maximize".equals(record.goal()) ? value -> 1 - value : value -> value;
            this.refitted = loss.applyAsDouble(least(1).orElseThrow());
        }

        static boolean tells(MetaRecord record) {
            return record.started() != null
                    && record.cpuMillis() != null
                    && record.trials().stream().anyMatch(trial -> isAmong(trial, 1));
        }

        int trials() {
            Integer started = record.started();
            return started == null ? 0 : started;
        }

        double hours(int trials) {
            Long millis = record.cpuMillis();
            return (millis == null ? 0 : millis) / MILLIS_PER_HOUR / Math.max(1, trials()) * trials;
        }

        double gain(int trials) {
            double best = loss.applyAsDouble(least(trials).orElseThrow());
            return refitted > 0 ? Math.max(0, Math.min(1, (refitted - best) / refitted)) : 0;
        }

        /* The best value of the first trials. */
        private OptionalDouble least(int trials) {
            boolean maximize = "maximize".equals(record.goal());
            var values = record.trials().stream()
                    .filter(trial -> isAmong(trial, trials))
                    .mapToDouble(Evaluation::value);
            return maximize ? values.max() : values.min();
        }

        private static boolean isAmong(Evaluation trial, int trials) {
            Integer number = trial.trial();
            return number != null && number < trials && Double.isFinite(trial.value());
        }
    }

    /** The numbers behind a choice, for the ledger. */
    public static Map<String, Object> inputs(Choice choice, double leastGainPerHour) {
        Map<String, Object> inputs = new TreeMap<>();
        inputs.put("remedy", choice.remedy().toString());
        inputs.put("leastGainPerHour", leastGainPerHour);
        choice.expected()
                .forEach(each ->
                        inputs.put(each.remedy().toString(), Map.of("gain", each.gain(), "hours", each.hours())));
        return inputs;
    }
}
