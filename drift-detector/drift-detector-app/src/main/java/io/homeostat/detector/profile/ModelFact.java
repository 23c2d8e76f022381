package io.homeostat.detector.profile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model's monitor is told by the partitions of its traffic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelFact.PartialWindow.class, name = "partial_window"),
    @JsonSubTypes.Type(value = ModelFact.Labelled.class, name = "labelled")
})
public sealed interface ModelFact {
    /** The model. */
    String model();

    /**
     * One partition's share of a window.
     *
     * @param modelVersion who answered
     * @param windowFrom the window's first instant
     * @param partition whose share
     * @param profile its profile in bytes
     * @param estimate its rows in bytes as the version's estimator needs them; absent where it has none
     * @param rows a sample of its rows in bytes, as long as the version has no reference, or if rows are compared
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
    record PartialWindow(
            String model,
            String modelVersion,
            Instant windowFrom,
            int partition,
            byte[] profile,
            byte @Nullable [] estimate,
            byte @Nullable [] rows)
            implements ModelFact {}

    /**
     * An outcome: what each side answered, and what was right.
     *
     * @param labelTime when the label became known
     * @param eventTime when the prediction was made
     * @param label the truth
     * @param answers of the side that served, and of its counterpart if there was one
     * @param slices the values of the features that are sliced, by name: numbers and texts
     * @param features of a regression that has no estimator yet, all its features, for one to be learned; else absent
     */
    record Labelled(
            String model,
            Instant labelTime,
            Instant eventTime,
            String label,
            List<Answer> answers,
            Map<String, Object> slices,
            @Nullable Map<String, Object> features)
            implements ModelFact {
        public Labelled(
                String model,
                Instant labelTime,
                Instant eventTime,
                String label,
                List<Answer> answers,
                @Nullable Map<String, Object> slices,
                @Nullable Map<String, Object> features) {
            this.features = features;
            this.model = model;
            this.labelTime = labelTime;
            this.eventTime = eventTime;
            this.label = label;
            this.answers = answers;
            this.slices = slices == null ? Map.of() : slices; // written before there were slices
        }
    }
}
