package io.homeostat.backbone.event;

import java.util.List;

/**
 * What an alarm rests on.
 *
 * @param signals the tests and detectors behind it, strongest first; at most {@value #MOST}
 * @param features the features that drifted in the window that raised it, reference beside window; at most
 *     {@value #MOST}, and none for an alarm about errors
 */
public record AlarmEvidence(List<DriftSignal> signals, List<FeatureShift> features) {
    public static final int MOST = 12;

    public AlarmEvidence {
        signals = bounded(signals);
        features = bounded(features);
    }

    private static <T> List<T> bounded(List<T> values) {
        return values == null ? List.of() : List.copyOf(values.subList(0, Math.min(MOST, values.size())));
    }
}
