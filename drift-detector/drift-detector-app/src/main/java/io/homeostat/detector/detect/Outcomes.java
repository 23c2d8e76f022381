package io.homeostat.detector.detect;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.drift.statistics.monitor.MonitorInput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Labelled answers in the words of the monitor. */
final class Outcomes {
    private Outcomes() {}

    /** An outcome as the monitor takes it. Empty if the error of a regression is no number: told by a spec that changed since it was answered. */
    static Optional<MonitorInput> of(ModelSpec spec, ModelFact.Labelled fact, Answer answer) {
        String output = String.valueOf(answer.output());
        if (spec.task() == TaskKind.REGRESSION) {
            return value(spec, fact, answer.modelVersion(), output);
        }
        return Optional.of(new MonitorInput.ClassOutcome(
                fact.labelTime(),
                fact.eventTime(),
                answer.modelVersion(),
                output,
                fact.label(),
                score(spec, fact.label(), answer),
                probabilities(spec, answer),
                slices(spec, fact)));
    }

    private static Optional<MonitorInput> value(
            ModelSpec spec, ModelFact.Labelled fact, String version, String output) {
        try {
            double predicted = Double.parseDouble(output);
            double actual = Double.parseDouble(fact.label());
            return Double.isFinite(predicted - actual)
                    ? Optional.of(new MonitorInput.ValueOutcome(
                            fact.labelTime(), fact.eventTime(), version, predicted, actual, slices(spec, fact)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A categorical feature may be written as a number; its slice wants the name. */
    private static Map<String, Object> slices(ModelSpec spec, ModelFact.Labelled fact) {
        if (fact.slices().isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new HashMap<>(fact.slices());
        values.replaceAll(
                (name, value) -> value instanceof Number && spec.features().get(name) == FeatureKind.CATEGORICAL
                        ? LabelEvent.text(name, value)
                        : value);
        return values;
    }

    private static double score(ModelSpec spec, String label, Answer answer) {
        if (spec.task() == TaskKind.BINARY) {
            return answer.score() == null ? Double.NaN : answer.score();
        }
        return probabilities(spec, answer).getOrDefault(label, Double.NaN);
    }

    private static Map<String, Double> probabilities(ModelSpec spec, Answer answer) {
        Map<String, Double> probabilities = answer.probabilities();
        return probabilities == null || spec.task() == TaskKind.BINARY ? Map.of() : probabilities;
    }
}
