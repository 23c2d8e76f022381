package io.homeostat.worker.trial;

import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.evaluation.Evaluation;
import io.homeostat.model.evaluation.Outcome;
import io.homeostat.model.runtime.Prediction;
import java.util.ArrayList;
import java.util.List;

/** Judges answers by a model's objective. */
public final class Judge {
    private final ModelSpec spec;
    private final String metric;

    public Judge(ModelSpec spec) {
        this.spec = spec;
        this.metric = spec.retune().objective(spec.task());
    }

    /** The objective. */
    public String metric() {
        return metric;
    }

    /** Answers beside their truths. */
    public List<Outcome> outcomes(List<Prediction> answers, List<String> truths) {
        List<Outcome> outcomes = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            outcomes.add(Outcome.of(spec.task(), spec.positive(), answers.get(i), truths.get(i)));
        }
        return outcomes;
    }

    /** The objective's value. */
    public double value(List<Outcome> outcomes) {
        return Evaluation.value(metric, outcomes);
    }

    /** Each outcome's loss. */
    public double[] losses(List<Outcome> outcomes) {
        return Evaluation.losses(metric, outcomes);
    }

    /** Whether the first value is better than the second. */
    public boolean better(double value, double than) {
        return Metrics.higherIsBetter(metric) ? value > than : value < than;
    }
}
