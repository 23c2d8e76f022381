package io.homeostat.detector.profile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import java.time.Instant;
import java.util.List;

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
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
    record PartialWindow(String model, String modelVersion, Instant windowFrom, int partition, byte[] profile)
            implements ModelFact {}

    /**
     * An outcome: what each side answered, and what was right.
     *
     * @param labelTime when the label became known
     * @param eventTime when the prediction was made
     * @param label the truth
     * @param answers of the side that served, and of its counterpart if there was one
     */
    record Labelled(String model, Instant labelTime, Instant eventTime, String label, List<Answer> answers)
            implements ModelFact {}
}
