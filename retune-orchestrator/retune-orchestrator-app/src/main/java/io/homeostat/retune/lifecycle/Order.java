package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted wish: what a re-tune goes by from its beginning to its end.
 *
 * @param retuneId the wish's id; also the study's and the candidate's
 * @param trigger who asked
 * @param at event time of the wish
 * @param dataUntil labels known up to this instant are learned from
 * @param changeSince when the change is believed to have begun, or until when the champion has learned, if that is later
 * @param changedAt when the change is believed to have begun; absent if none is suspected
 * @param spec the model's spec as of the beginning
 * @param summary why, in a sentence
 */
public record Order(
        String retuneId,
        RetuneEvent.Trigger trigger,
        Instant at,
        Instant dataUntil,
        @Nullable Instant changeSince,
        @Nullable Instant changedAt,
        ModelSpec spec,
        String summary) {
    /**
     * The order of a wish.
     *
     * @param learnedUntil until when the champion has learned: on what it knows already it would look better than it is
     */
    // a refit is judged on the newest rows only: what it is judged on it cannot learn from
    static Order of(RetuneEvent wish, ModelSpec spec, @Nullable Instant learnedUntil) {
        return new Order(
                wish.id(),
                wish.trigger(),
                wish.at(),
                wish.dataUntil(),
                later(later(wish.changeSince(), learnedUntil), refitted(wish, spec)),
                wish.changeSince(),
                spec,
                wish.summary());
    }

    private static @Nullable Instant refitted(RetuneEvent wish, ModelSpec spec) {
        Period every = spec.retune().refitEvery();
        return wish.trigger() == RetuneEvent.Trigger.SCHEDULE && every != null
                ? wish.dataUntil().minus(every.value())
                : null;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }

    /** Whether the champion's configuration is to be fitted again, without a search. */
    boolean isRefit() {
        return trigger == RetuneEvent.Trigger.SCHEDULE;
    }

    String model() {
        return spec.model();
    }
}
