package io.homeostat.worker.confirm;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.worker.snapshot.Dataset;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new version's inputs, scores and errors are to be compared with.
 *
 * <p>Features come from the newest 5,000 rows, only those since the change where they are 500. Scores and errors come
 * from the hold-out, where the confirmed model had not seen the labels. A profile keeps each column by itself, so rows
 * before the hold-out borrow the score of a hold-out row: without one they would count as unanswered.
 */
final class ReferenceProfile {
    private static final int MOST_ROWS = 5_000;
    private static final int FEWEST_SINCE_CHANGE = 500;

    private ReferenceProfile() {}

    /**
     * Makes the profile.
     *
     * @param answers the confirmed model's answers to the hold-out rows
     */
    static ReferenceEvent of(ModelSpec spec, String version, Instant at, Dataset data, List<Prediction> answers) {
        int rows = data.snapshot().rows();
        int count = count(data);
        int first = rows - count;
        int firstJudged = rows - answers.size();
        BoosterTraining.Rows profiled = data.part(first, rows);
        ReferenceBuilder builder = new ReferenceBuilder(
                        schema(spec), Task.valueOf(spec.task().name()))
                .withRows(spec.watch().joint());
        for (int i = 0; i < count; i++) {
            boolean judged = first + i >= firstJudged;
            Prediction answer = answers.get(judged ? first + i - firstJudged : i % answers.size());
            builder.add(
                    profiled.rows().get(i),
                    answer.score(),
                    spec.task() == TaskKind.REGRESSION ? null : answer.output(),
                    judged ? loss(spec.task(), answer, profiled.labels().get(i)) : null);
        }
        byte[] profile = builder.build(
                        version, data.times().get(first), data.times().get(rows - 1))
                .toBytes();
        return new ReferenceEvent(spec.model(), version, at, count, profile);
    }

    private static int count(Dataset data) {
        Instant change = data.snapshot().changeSince();
        int rows = data.snapshot().rows();
        long since = change == null
                ? rows
                : data.times().stream().filter(t -> !t.isBefore(change)).count();
        return (int) Math.min(MOST_ROWS, since >= FEWEST_SINCE_CHANGE ? since : rows);
    }

    private static double loss(TaskKind task, Prediction answer, String truth) {
        if (task == TaskKind.REGRESSION) {
            return Math.abs(answer.score() - Double.parseDouble(truth));
        }
        return answer.output().equals(truth) ? 0 : 1;
    }

    static Schema schema(ModelSpec spec) {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        spec.features()
                .forEach((name, kind) ->
                        types.put(name, kind == FeatureKind.NUMERIC ? FeatureType.NUMERIC : FeatureType.CATEGORICAL));
        return new Schema(types);
    }
}
