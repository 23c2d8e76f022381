package io.homeostat.worker.trial;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.worker.task.TaskFailure;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it is fitted: the spec's fixed parameters, overridden by the searched ones.
 *
 * @param iterations parameter {@code num_iterations}: training iterations; default 100; 1 to 10,000
 * @param trainingShare parameter {@code training_share}: the newest share of the rows to fit on; default 1; above 0
 * @param lightgbm everything else, for LightGBM
 */
public record Recipe(int iterations, double trainingShare, Map<String, Object> lightgbm) {
    private static final String ITERATIONS = "num_iterations";
    private static final String SHARE = "training_share";
    private static final int DEFAULT_ITERATIONS = 100;

    public Recipe {
        lightgbm = Map.copyOf(lightgbm);
    }

    /** The recipe of a configuration. Errors: {@link TaskFailure} naming the parameter, its value and the range. */
    public static Recipe of(ModelSpec spec, Map<String, Object> configuration) {
        Map<String, Object> all = new TreeMap<>(spec.retune().trainer().lightgbm());
        all.putAll(configuration);
        double iterations = number(ITERATIONS, all.remove(ITERATIONS), DEFAULT_ITERATIONS);
        if (!(iterations >= 1 && iterations <= 10_000)) {
            throw TaskFailure.forGood("parameters." + ITERATIONS + ": " + iterations + " is outside 1 to 10000");
        }
        double share = number(SHARE, all.remove(SHARE), 1);
        if (!(share > 0 && share <= 1)) {
            throw TaskFailure.forGood("parameters." + SHARE + ": " + share + " is outside 0 (exclusive) to 1");
        }
        return new Recipe((int) Math.round(iterations), share, all);
    }

    private static double number(String name, @Nullable Object value, double byDefault) {
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw TaskFailure.forGood("parameters." + name + ": '" + value + "' is not a number");
    }
}
