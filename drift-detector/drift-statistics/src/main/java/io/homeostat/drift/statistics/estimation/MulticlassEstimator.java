package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Task;
import java.util.List;
import java.util.Map;

/** {@link MulticlassCbpe} of a model that gives probabilities by class name; a class left out has 0. */
final class MulticlassEstimator implements PerformanceEstimator {
    private final MulticlassCbpe cbpe;
    private final long name;

    MulticlassEstimator(MulticlassCbpe cbpe) {
        this.cbpe = cbpe;
        this.name = EstimateChunk.nameOf(inner());
    }

    @Override
    public byte[] inner() {
        return cbpe.toBytes();
    }

    @Override
    public Task task() {
        return Task.MULTICLASS;
    }

    @Override
    public long name() {
        return name;
    }

    @Override
    public EstimateChunk chunk() {
        return EstimateChunk.of(name, cbpe.chunk());
    }

    @Override
    public boolean add(EstimateChunk chunk, AnsweredRow row) {
        Map<String, Double> probabilities = row.probabilities();
        int predicted = cbpe.classes().indexOf(row.output());
        if (probabilities == null
                || predicted < 0
                || !probabilities.values().stream().allMatch(AnsweredRow::isProbability)) {
            return false;
        }
        double[] known = cbpe.classes().stream()
                .mapToDouble(c -> probabilities.getOrDefault(c, 0.0))
                .toArray();
        cbpe.add(chunk.scores(), known, predicted);
        return true;
    }

    @Override
    public List<EstimatedMetric> estimate(EstimateChunk chunk) {
        return cbpe.estimate(chunk.scores());
    }
}
