package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.RowSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to a model, in the order of the log. */
public sealed interface MonitorInput {
    /**
     * A window is complete.
     *
     * @param merged its profile, merged over all partitions, of the rows one version predicted
     * @param estimated metrics expected of these rows; empty where nothing can say
     * @param rows a sample of them, if the joint distribution is to be compared
     */
    record WindowClosed(Profile merged, String modelVersion, List<EstimatedMetric> estimated, Optional<RowSample> rows)
            implements MonitorInput {
        /** A window without estimates, of which no rows are kept. */
        public WindowClosed(Profile merged, String modelVersion) {
            this(merged, modelVersion, List.of());
        }

        /** A window of which no rows are kept. */
        public WindowClosed(Profile merged, String modelVersion, List<EstimatedMetric> estimated) {
            this(merged, modelVersion, estimated, Optional.empty());
        }
    }

    /** A prediction and its label. */
    sealed interface Outcome extends MonitorInput {
        /** When the label arrived. */
        Instant time();

        /** When the prediction was made. */
        Instant eventTime();

        /** The version that predicted. */
        String modelVersion();

        /** The values of the features that are sliced, by name: numbers, or texts for categorical ones; absent if missing. */
        Map<String, Object> slices();
    }

    /**
     * The outcome of a classification.
     *
     * @param score binary: the positive class's probability; multiclass: the one given to the actual class; NaN if
     *     unknown
     * @param probabilities multiclass: each class's, in 0 to 1; empty if unknown
     */
    record ClassOutcome(
            Instant time,
            Instant eventTime,
            String modelVersion,
            String predicted,
            String actual,
            double score,
            Map<String, Double> probabilities,
            Map<String, Object> slices)
            implements Outcome {
        /** An outcome without the probability of every class. */
        public ClassOutcome(
                Instant time,
                Instant eventTime,
                String modelVersion,
                String predicted,
                String actual,
                double score,
                Map<String, Object> slices) {
            this(time, eventTime, modelVersion, predicted, actual, score, Map.of(), slices);
        }

        /** An outcome without slices. */
        public ClassOutcome(
                Instant time, Instant eventTime, String modelVersion, String predicted, String actual, double score) {
            this(time, eventTime, modelVersion, predicted, actual, score, Map.of());
        }
    }

    /** The outcome of a regression; both values finite. */
    record ValueOutcome(
            Instant time,
            Instant eventTime,
            String modelVersion,
            double predicted,
            double actual,
            Map<String, Object> slices)
            implements Outcome {
        /** An outcome without slices. */
        public ValueOutcome(Instant time, Instant eventTime, String modelVersion, double predicted, double actual) {
            this(time, eventTime, modelVersion, predicted, actual, Map.of());
        }

        /** Checks that both are finite. */
        public ValueOutcome {
            if (!Double.isFinite(predicted) || !Double.isFinite(actual)) {
                throw new IllegalArgumentException(
                        "outcome: predicted " + predicted + " and actual " + actual + " must be finite.");
            }
        }
    }

    /** A version serves now. A revision older than the last one seen is not looked at. */
    record ChampionChanged(String version, Optional<Reference> reference, long routeRevision) implements MonitorInput {}

    /** The reference of the version that serves is there, or a better one; empty: the one it had is void. */
    record ReferenceGiven(String version, Optional<Reference> reference) implements MonitorInput {}

    /** A rollout began or ended. */
    record RolloutActive(boolean active, long routeRevision) implements MonitorInput {}

    /**
     * A re-tune ended; the cooldown starts anew, and so does the time to the next refit, which is due at
     * once where a search found nothing.
     *
     * @param scheduled whether the schedule asked for it: nothing was amiss, so there is nothing to cool down from
     * @param candidate whether it found one
     */
    record RetuneEnded(Instant time, boolean scheduled, boolean candidate) implements MonitorInput {}
}
