package io.homeostat.standalone.replay;

import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.standalone.loop.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay ends with. For a regression the "accuracies" are mean absolute errors, and less is better. */
final class ReplayReport {
    private static final int POINTS = 72;

    private final TaskKind task;
    private final List<String> events = new ArrayList<>();
    private final List<float[]> losses = new ArrayList<>();
    private double maintained;
    private double frozen;
    private double lastLabel;
    private long rows;
    private int alarms;
    private int retunes;
    private int promotions;
    private int rollbacks;

    ReplayReport(TaskKind task) {
        this.task = task;
    }

    /** Counts a row's losses: 0 right, 1 wrong; for a regression the absolute error. */
    void row(double maintainedLoss, double frozenLoss, double lastLabelLoss) {
        rows++;
        maintained += maintainedLoss;
        frozen += frozenLoss;
        lastLabel += lastLabelLoss;
        losses.add(new float[] {(float) maintainedLoss, (float) frozenLoss});
    }

    void alarm(long row, String what) {
        alarms++;
        event(row, "alarm", what);
    }

    void retune(long row, String what) {
        retunes++;
        event(row, "retune", what);
    }

    void promotion(long row, String what) {
        promotions++;
        event(row, "promotion", what);
    }

    void rollback(long row, String what) {
        rollbacks++;
        event(row, "rollback", what);
    }

    void event(long row, String kind, String what) {
        events.add(String.format(Locale.ROOT, "  row %,9d  %-10s %s", row, kind, what));
    }

    double maintained() {
        return score(maintained);
    }

    private double score(double loss) {
        double mean = rows == 0 ? Double.NaN : loss / rows;
        return task.isClassification() ? 1 - mean : mean;
    }

    /** The figures, by the names of the JSON form. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows);
        figures.put("accuracyMaintained", score(maintained));
        figures.put("accuracyFrozen", score(frozen));
        figures.put("accuracyLastLabel", score(lastLabel));
        figures.put("alarms", alarms);
        figures.put("retunes", retunes);
        figures.put("promotions", promotions);
        figures.put("rollbacks", rollbacks);
        return figures;
    }

    String json() {
        return Json.text(figures());
    }

    void print(Say say) {
        say.title("Report");
        events.forEach(say::text);
        say.text("");
        if (task.isClassification()) {
            say.text("  maintained " + curve(0));
            say.text("  frozen     " + curve(1));
            say.text("");
        }
        String name = task.isClassification() ? "prequential accuracy" : "mean absolute error";
        say.text("  " + Say.count(rows) + " rows predicted before their label was known; " + name + ":");
        say.text("    maintained by the loop       " + shown(maintained));
        say.text("    first champion, never tuned  " + shown(frozen));
        say.text("    predicting the last label    " + shown(lastLabel));
        say.text("  " + alarms + " alarms, " + retunes + " re-tunes, " + promotions + " promotions, " + rollbacks
                + " rollbacks");
    }

    private String shown(double loss) {
        return String.format(Locale.ROOT, "%.4f", score(loss));
    }

    private String curve(int which) {
        double[] points = new double[POINTS];
        for (int p = 0; p < POINTS; p++) {
            int from = (int) ((long) p * losses.size() / POINTS);
            int to = (int) ((long) (p + 1) * losses.size() / POINTS);
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += losses.get(i)[which];
            }
            points[p] = to == from ? Double.NaN : 1 - sum / (to - from);
        }
        return Say.sparkline(points, 0.4, 1.0);
    }
}
