package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.drift.Contender.AlarmSource;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.baseline.NoChange;
import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Changes at known rows of labelled streams, seen through the errors of a learner.
 *
 * <p>Protocol, one episode per known change, so that every detector reads the very same losses: a fresh naive Bayes
 * begins at the change before (or the start) and is tested, then trained, on every row. Its first 1,000 rows are training.
 * The next 1,000 losses are the e-detector's reference (rate and standard error), as the monitor learns one for a model
 * that brings none; the other detectors read them as their first losses. From there to the change every alarm is false, and
 * the run goes on; the first alarm from the change to the next one (or the end) finds it, none misses it. Then the next
 * episode begins with a fresh learner and fresh detectors: what a re-tune does.
 *
 * <p>The e-detector is told the true class of each row, too, as the monitor tells it; the plain one is not.
 *
 * <p>MOA's best is that of its detectors with the fewest misses, then the smallest median delay, chosen in hindsight.
 */
public final class DriftStreams implements Benchmark {
    private static final int TRAINING = 1_000;
    private static final int REFERENCE = 1_000;

    /** What a detector did in some episodes. */
    private static final class Score {
        private final List<Integer> delays = new ArrayList<>();
        private int missed;
        private int falseAlarms;
        private long watched;

        void add(Score other) {
            delays.addAll(other.delays);
            missed += other.missed;
            falseAlarms += other.falseAlarms;
            watched += other.watched;
        }

        /** The median; infinite if nothing was found. */
        double medianDelay() {
            return delays.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : Sample.of(delays).median();
        }

        double falseAlarmsPer10000() {
            return falseAlarms * 10_000.0 / watched;
        }

        String delayText() {
            return delays.isEmpty() ? "–" : String.format(Locale.ROOT, "%.0f", medianDelay());
        }
    }

    /**
     * The losses around a change.
     *
     * @param losses after training
     * @param actual the rows' true classes
     * @param change the first loss after the change, counted from 0
     */
    private record Episode(double[] losses, String[] actual, int change) {
        double rate(int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += losses[i];
            }
            return sum / (to - from);
        }
    }

    @Override
    public Figures run() throws Exception {
        Map<String, Score> totals = new LinkedHashMap<>();
        Map<String, Map<String, Score>> perStream = new LinkedHashMap<>();
        Table errors = new Table("stream", "error before each change", "500 after each", "no-change error");
        for (LabelledStream stream : LabelledStream.withKnownChanges()) {
            System.out.println("… " + stream.name());
            List<Episode> episodes = episodes(stream);
            errors.row(stream.name(), before(episodes), after(episodes), percent(noChangeError(stream)));
            Map<String, Score> scores = new LinkedHashMap<>();
            for (Contender contender : Contender.ALL) {
                Score score = new Score();
                episodes.forEach(episode -> score.add(watch(contender, episode)));
                scores.put(contender.name(), score);
                totals.computeIfAbsent(contender.name(), name -> new Score()).add(score);
            }
            perStream.put(stream.name(), scores);
        }
        System.out.println("\nThe learner\n" + errors);
        printTotals(totals);
        return figures(totals, perStream);
    }

    private static List<Episode> episodes(LabelledStream stream) {
        List<Episode> episodes = new ArrayList<>();
        int[] categories = stream.categories();
        for (int c = 0; c < stream.changes().size(); c++) {
            int from = c == 0 ? 0 : stream.changes().get(c - 1);
            int change = stream.changes().get(c);
            boolean last = c == stream.changes().size() - 1;
            int to = last ? stream.labels().size() : stream.changes().get(c + 1);
            NaiveBayes learner = new NaiveBayes(categories);
            double[] losses = new double[to - from - TRAINING];
            String[] actual = new String[losses.length];
            for (int row = from; row < to; row++) {
                double[] features = stream.features().get(row);
                int label = stream.labels().get(row);
                if (row - from >= TRAINING) {
                    actual[row - from - TRAINING] = Integer.toString(label);
                    losses[row - from - TRAINING] = learner.predict(features) == label ? 0 : 1;
                }
                learner.learn(features, label);
            }
            episodes.add(new Episode(losses, actual, change - from - TRAINING));
        }
        return episodes;
    }

    private static Score watch(Contender contender, Episode episode) {
        AlarmSource detector = contender.start().apply(ReferenceError.ofRate(episode.rate(0, REFERENCE), REFERENCE));
        int start = contender.hasReference() ? REFERENCE : 0;
        Score score = new Score();
        for (int i = start; i < episode.losses.length; i++) {
            if (!detector.alarm(episode.losses[i], episode.actual[i])) {
                continue;
            }
            if (i >= episode.change) {
                score.delays.add(i - episode.change + 1);
                break;
            }
            score.falseAlarms += i >= REFERENCE ? 1 : 0;
        }
        score.missed = score.delays.isEmpty() ? 1 : 0;
        score.watched = episode.change - REFERENCE;
        return score;
    }

    private static void printTotals(Map<String, Score> totals) {
        Table table = new Table("detector, all streams", "missed", "median delay (95 %)", "false alarms/10,000");
        totals.forEach((name, score) -> table.row(
                name,
                score.missed + " of " + (score.missed + score.delays.size()),
                score.delays.isEmpty() ? "–" : Sample.of(score.delays).medianText(),
                String.format(Locale.ROOT, "%.2f", score.falseAlarmsPer10000())));
        System.out.println(table);
    }

    private static Figures figures(Map<String, Score> totals, Map<String, Map<String, Score>> perStream) {
        String best = Contender.ALL.stream()
                .filter(Contender::isMoa)
                .map(Contender::name)
                .min(Comparator.comparing((String name) -> score(totals, name).missed)
                        .thenComparing(name -> score(totals, name).medianDelay()))
                .orElseThrow();
        Table table = new Table(
                "stream",
                "e-detector: missed",
                "median delay",
                "false alarms",
                "plain: missed",
                "median delay",
                "false alarms",
                best + ": missed",
                "median delay",
                "false alarms");
        perStream.forEach((stream, scores) -> {
            Score ours = score(scores, Contender.DEFAULT);
            Score plain = score(scores, Contender.PLAIN);
            Score moa = score(scores, best);
            table.row(
                    stream,
                    ours.missed,
                    ours.delayText(),
                    ours.falseAlarms,
                    plain.missed,
                    plain.delayText(),
                    plain.falseAlarms,
                    moa.missed,
                    moa.delayText(),
                    moa.falseAlarms);
        });
        System.out.println("MOA's best here: " + best + "\n\n" + table);
        Figures figures = new Figures();
        add(figures, "", score(totals, Contender.DEFAULT));
        add(figures, "plain_", score(totals, Contender.PLAIN));
        add(figures, "moa_", score(totals, best));
        add(figures, "moaAdwin_", score(totals, Contender.MOA_ADWIN));
        return figures;
    }

    private static Score score(Map<String, Score> scores, String name) {
        return scores.getOrDefault(name, new Score());
    }

    private static void add(Figures figures, String prefix, Score score) {
        figures.add(prefix + "missed", score.missed);
        figures.add(prefix + "medianDelay", score.medianDelay());
        figures.add(prefix + "falseAlarmsPer10000", score.falseAlarmsPer10000());
    }

    private static String before(List<Episode> episodes) {
        return percents(episodes.stream().map(e -> e.rate(0, e.change)).toList());
    }

    private static String after(List<Episode> episodes) {
        return percents(
                episodes.stream().map(e -> e.rate(e.change, e.change + 500)).toList());
    }

    private static double noChangeError(LabelledStream stream) {
        NoChange<Integer> classifier = new NoChange<>();
        int wrong = 0;
        for (Integer label : stream.labels()) {
            wrong += classifier.predict().filter(label::equals).isPresent() ? 0 : 1;
            classifier.learn(label);
        }
        return (double) wrong / stream.labels().size();
    }

    private static String percents(List<Double> rates) {
        return String.join(", ", rates.stream().map(DriftStreams::percent).toList());
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f %%", rate * 100);
    }
}
