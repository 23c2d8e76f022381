package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision with its inputs and reason: the audit trail.
 *
 * @param model the model
 * @param at time of the decision
 * @param process who decided
 * @param subject what it is about: an alarm's, re-tune's, study's or rollout's id
 * @param action what was decided
 * @param reason why, in a sentence
 * @param inputs the numbers and texts it was decided on
 * @param evidence of an alarm: its signals and distributions
 */
public record LedgerEntry(
        String model,
        Instant at,
        Process process,
        String subject,
        String action,
        String reason,
        Map<String, Object> inputs,
        @Nullable AlarmEvidence evidence) {
    public LedgerEntry {
        Check.name("model", model);
        Check.present("at", at);
        Check.present("process", process);
        Check.text("subject", subject);
        Check.text("action", action);
        Check.text("reason", reason);
        inputs = inputs == null ? Map.of() : Map.copyOf(inputs);
    }

    /** A decision that is no alarm. */
    public LedgerEntry(
            String model,
            Instant at,
            Process process,
            String subject,
            String action,
            String reason,
            Map<String, Object> inputs) {
        this(model, at, process, subject, action, reason, inputs, null);
    }

    /** The processes that decide. */
    @SuppressWarnings("JavaLangClash") // the field's word; it is always written LedgerEntry.Process
    public enum Process {
        MONITOR,
        RETUNE,
        STUDY,
        ROLLOUT,
        MEMORY
    }
}
