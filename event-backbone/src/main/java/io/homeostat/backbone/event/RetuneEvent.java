package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to re-tune a model, with its evidence.
 *
 * @param id unique; a second event of the same id is the same wish
 * @param model the model
 * @param trigger who asks
 * @param at event time of the wish
 * @param dataUntil labels known up to this instant may be learned from
 * @param changeSince when the change is believed to have begun
 * @param rowsSinceChange labelled rows since then
 * @param modelVersion the version found wanting; absent for a first training
 * @param summary why, in one sentence
 * @param evidence the signals behind it, strongest first; at most 100
 * @param alarmId the alarm that led to it: the subject of its ledger entry; absent for any other trigger
 */
public record RetuneEvent(
        String id,
        String model,
        Trigger trigger,
        Instant at,
        Instant dataUntil,
        @Nullable Instant changeSince,
        @Nullable Long rowsSinceChange,
        @Nullable String modelVersion,
        String summary,
        List<DriftSignal> evidence,
        @Nullable String alarmId) {
    public static final int MOST_EVIDENCE = 100;

    public RetuneEvent {
        Check.name("id", id);
        Check.name("model", model);
        Check.present("trigger", trigger);
        Check.present("at", at);
        Check.present("dataUntil", dataUntil);
        Check.text("summary", summary);
        evidence = evidence == null
                ? List.of()
                : List.copyOf(evidence.subList(0, Math.min(evidence.size(), MOST_EVIDENCE)));
    }

    /** A wish that no alarm led to. */
    public RetuneEvent(
            String id,
            String model,
            Trigger trigger,
            Instant at,
            Instant dataUntil,
            @Nullable Instant changeSince,
            @Nullable Long rowsSinceChange,
            @Nullable String modelVersion,
            String summary,
            List<DriftSignal> evidence) {
        this(id, model, trigger, at, dataUntil, changeSince, rowsSinceChange, modelVersion, summary, evidence, null);
    }

    /** Who asks for a re-tune. */
    public enum Trigger {
        ALARM,
        FIRST_CHAMPION,
        PERSON,
        SCHEDULE,
        ALERTMANAGER
    }
}
