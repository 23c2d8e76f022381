package io.homeostat.worker.confirm;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.runtime.Prediction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tells a new version's performance before its labels are known, learned where the model had not seen the labels. */
final class HoldoutEstimator {
    private static final int MOST_ROWS = 5_000;
    private static final long SEED = 1;

    private HoldoutEstimator() {}

    /**
     * Learns it; empty if the hold-out is too small, or there are too many classes.
     *
     * @param answers the confirmed model's answers to the hold-out rows
     */
    static Optional<EstimatorEvent> of(
            ModelSpec spec, String version, Instant at, BoosterTraining.Rows holdout, List<Prediction> answers) {
        EstimatorLearner learner = new EstimatorLearner(
                Task.valueOf(spec.task().name()), ReferenceProfile.schema(spec), spec.positive(), MOST_ROWS);
        for (int i = 0; i < answers.size(); i++) {
            Prediction answer = answers.get(i);
            learner.add(
                    new AnsweredRow(holdout.rows().get(i), answer.output(), answer.score(), answer.probabilities()),
                    holdout.labels().get(i));
        }
        return learner.fit(SEED)
                .map(estimator -> new EstimatorEvent(spec.model(), version, at, learner.rows(), estimator.toBytes()));
    }
}
