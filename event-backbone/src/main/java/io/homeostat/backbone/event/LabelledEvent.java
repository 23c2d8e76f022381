package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;

/**
 * A prediction joined with its label: the source of training data and of everything judged on outcomes.
 *
 * @param prediction the prediction
 * @param label the truth, in its written form ({@link LabelEvent#text})
 * @param labelTime when it became known
 * @param correction whether it replaces a label joined before
 */
public record LabelledEvent(PredictionEvent prediction, String label, Instant labelTime, boolean correction) {
    public LabelledEvent {
        Check.present("prediction", prediction);
        Check.text("label", label);
        Check.present("labelTime", labelTime);
    }
}
