package io.homeostat.model.lightgbm;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.schema.DataSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded rows: the label follows x and the colour; some colours are missing. */
final class Data {
    private static final String[] COLOURS = {"red", "green", "blue"};

    private Data() {}

    static ModelSpec spec(TaskKind task) {
        Map<String, FeatureKind> features = new LinkedHashMap<>();
        features.put("x", FeatureKind.NUMERIC);
        features.put("noise", FeatureKind.NUMERIC);
        features.put("colour", FeatureKind.CATEGORICAL);
        return new ModelSpec("m", task, "yes", null, features, null, null, null);
    }

    static BoosterTraining.Rows rows(TaskKind task, int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble();
            int colour = random.nextInt(3);
            Map<String, Object> row = new HashMap<>();
            row.put("x", x);
            row.put("noise", random.nextGaussian());
            row.put("colour", random.nextInt(20) == 0 ? null : COLOURS[colour]);
            rows.add(row);
            double y = x + (colour == 1 ? .5 : 0);
            labels.add(
                    switch (task) {
                        case BINARY -> y > .6 ? "yes" : "no";
                        case MULTICLASS -> y > .9 ? "high" : y > .4 ? "mid" : "low";
                        case REGRESSION -> Double.toString(y);
                    });
        }
        return new BoosterTraining.Rows(rows, labels);
    }

    static DataSchema schema(TaskKind task, BoosterTraining.Rows rows) {
        return DataSchema.learn(spec(task), rows.rows(), rows.labels());
    }
}
