package io.homeostat.model.runtime;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import java.util.List;
import java.util.Map;

/**
 * A loaded model. Many threads may ask it at once. After {@link #close} it answers no more; closing waits for answers
 * under way, and closing twice is closing once.
 */
public interface ModelRuntime extends AutoCloseable {
    /** What it predicts. */
    TaskKind task();

    /** Its inputs by name, in order. */
    Map<String, FeatureKind> features();

    /** The classes it tells apart, in the order of their probabilities; empty for regression. */
    List<String> classes();

    /** For a binary model the class whose probability is the score, otherwise empty. */
    String positive();

    /**
     * Answers one row. Features beyond the model's are ignored; null is a missing value, and so is an unseen category.
     * Errors: {@link InvalidFeatureException} when a feature is absent, of the wrong type, NaN or infinite.
     */
    Prediction predict(Map<String, Object> features);

    /** Answers many rows, in their order. */
    List<Prediction> predict(List<Map<String, Object>> rows);

    /** Answers rows of history: what a row of long ago does not have is missing, not wrong. */
    List<Prediction> predictHistory(List<Map<String, Object>> rows);

    @Override
    void close();
}
