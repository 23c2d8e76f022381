package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The share of the rows that a trial of an earlier search learned from, as it would be now.
 *
 * <p>Where the world changed lately a tenth of the rows may be all that is of use, where it did not they all are. What carries
 * over is how many of the rows of its world a trial took: with a share w of such rows then and v now, a share s is s·v/w.
 */
final class WorldShare {
    /** The parameter: the newest share of the rows. */
    static final String NAME = "training_share";

    private static final double LEAST = 0.001;

    private final Space space;
    private final double now;

    /**
     * @param metaFeatures what the data is like now
     */
    WorldShare(Space space, Map<String, Double> metaFeatures) {
        this.space = space;
        this.now = ofThisWorld(metaFeatures);
    }

    private static double ofThisWorld(Map<String, Double> metaFeatures) {
        double share = metaFeatures.getOrDefault(Snapshot.OF_THIS_WORLD, 1.0);
        return Double.isFinite(share) ? Math.max(LEAST, Math.min(1, share)) : 1;
    }

    /** The record with its shares as they would be now. */
    TaskRecord seen(TaskRecord record) {
        double times = now / ofThisWorld(record.metaFeatures());
        Parameter parameter = space.parameters().get(NAME);
        if (times == 1 || parameter == null) {
            return record;
        }
        return record.with(
                seen(record.bestParameters(), times),
                record.trials().stream()
                        .map(trial -> new EvaluatedConfiguration(seen(trial.parameters(), times), trial.value()))
                        .toList());
    }

    private Map<String, Object> seen(Map<String, Object> parameters, double times) {
        if (!(parameters.get(NAME) instanceof Number share)) {
            return parameters;
        }
        Map<String, Object> seen = new LinkedHashMap<>(parameters);
        seen.put(NAME, nearest(space, share.doubleValue() * times));
        return seen;
    }

    /** The nearest share that a space has. */
    static Object nearest(Space space, double share) {
        Parameter parameter = space.parameters().get(NAME);
        if (parameter == null || space.accepts(NAME, share)) {
            return share;
        }
        return parameter.fromUnit(share < ((Number) parameter.fromUnit(0)).doubleValue() ? 0 : 1);
    }
}
