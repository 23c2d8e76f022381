package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.spec.ModelSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted wish: what a re-tune goes by from its beginning to its end.
 *
 * @param retuneId the wish's id; also the study's and the candidate's
 * @param trigger who asked
 * @param at event time of the wish
 * @param dataUntil labels known up to this instant are learned from
 * @param changeSince when the change is believed to have begun
 * @param spec the model's spec as of the beginning
 * @param summary why, in a sentence
 */
public record Order(
        String retuneId,
        RetuneEvent.Trigger trigger,
        Instant at,
        Instant dataUntil,
        @Nullable Instant changeSince,
        ModelSpec spec,
        String summary) {
    static Order of(RetuneEvent wish, ModelSpec spec) {
        return new Order(
                wish.id(), wish.trigger(), wish.at(), wish.dataUntil(), wish.changeSince(), spec, wish.summary());
    }

    String model() {
        return spec.model();
    }
}
