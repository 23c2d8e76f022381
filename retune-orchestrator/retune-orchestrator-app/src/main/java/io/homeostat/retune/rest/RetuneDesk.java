package io.homeostat.retune.rest;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Views;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers questions about a model's re-tunes, and takes wishes. */
@Singleton
public class RetuneDesk {
    private final RetuneViews views;
    private final Wishes wishes;

    public RetuneDesk(RetuneViews views, Wishes wishes) {
        this.views = views;
        this.wishes = wishes;
    }

    /**
     * A model's re-tunes.
     *
     * @param current the one that runs
     * @param past how the last ones ended, newest first
     */
    public record Retunes(@Nullable RetuneStatus current, List<RetuneStatus> past) {}

    /**
     * A person's wish.
     *
     * @param summary why
     * @param who who asks
     */
    public record Wish(String summary, String who) {
        public Wish {
            Check.text("summary", summary);
            Check.text("who", who);
        }
    }

    Retunes retunes(String model) {
        ModelState state = state(model);
        List<RetuneStatus> past = new ArrayList<>(state.past());
        Collections.reverse(past);
        return new Retunes(Views.status(state).orElse(null), past);
    }

    StudyEvent study(String model) {
        ModelState state = state(model);
        StudyEvent last = Views.study(state).orElse(state.lastStudy());
        if (last == null) {
            throw RefusedException.noStudy(model);
        }
        return last;
    }

    RetuneEvent wish(String model, byte[] body) {
        known(model);
        try {
            Wish wish = Json.readStrictly(body, Wish.class);
            RetuneEvent event = event(model, wish, Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
            wishes.tell(event);
            return event;
        } catch (InvalidValueException e) {
            throw RefusedException.badRequest(
                    e.getMessage() + ". Write {\"summary\": \"why\", \"who\": \"your name\"}");
        } catch (IllegalStateException e) {
            throw RefusedException.unavailable(e);
        }
    }

    private static RetuneEvent event(String model, Wish wish, Instant now) {
        return new RetuneEvent(
                "person-" + UUID.randomUUID(),
                model,
                RetuneEvent.Trigger.PERSON,
                now,
                now,
                null,
                null,
                null,
                wish.who() + " asks: " + wish.summary(),
                List.of());
    }

    private ModelState state(String model) {
        known(model);
        return views.state(model).orElseThrow(RefusedException::notYet);
    }

    private void known(String model) {
        if (!views.registered(model).orElseThrow(RefusedException::notYet)) {
            throw RefusedException.unknownModel(model);
        }
    }
}
