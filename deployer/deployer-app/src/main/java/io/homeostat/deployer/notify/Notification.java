package io.homeostat.deployer.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.event.LedgerEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What people are told.
 *
 * @param id the same whenever the same is told again, so that a receiver can leave out what it has heard: where the
 *     decision stands in the ledger
 * @param event what kind of thing happened
 * @param model the model
 * @param subject the rollout
 * @param at when it was decided
 * @param text all of it in a sentence or two
 * @param inputs the numbers and texts that it was decided on
 */
record Notification(
        String id, Event event, String model, String subject, Instant at, String text, Map<String, Object> inputs) {
    private static final int LONGEST = 1_000;

    /** What people are told of, and what the ledger calls it. */
    enum Event {
        FIRST_CHAMPION("first champion", "has its first champion"),
        START("start", "a rollout begins"),
        STEP("advance", "the rollout goes to its next step"),
        HOLD("hold", "the rollout holds"),
        RESUME("resume", "the rollout goes on"),
        PROMOTION("promote", "the candidate is promoted"),
        FINISH("finish", "the watch after the promotion is over"),
        ROLLBACK("rollback", "the candidate is taken back"),
        TARGET_FAILS("apply fails", "a target does not follow its route");

        private final String action;
        private final String headline;

        Event(String action, String headline) {
            this.action = action;
            this.headline = headline;
        }

        /** The event's name in settings and messages, like {@code target-fails}. */
        @JsonValue
        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a line of the ledger tells people; empty if it is none of their business. */
    static Optional<Notification> of(LedgerEntry line, String id) {
        if (line.process() != LedgerEntry.Process.ROLLOUT) {
            return Optional.empty();
        }
        return Arrays.stream(Event.values())
                .filter(event -> event.action.equals(line.action()))
                .findFirst()
                .map(event -> new Notification(
                        id, event, line.model(), line.subject(), line.at(), text(event, line), line.inputs()));
    }

    private static String text(Event event, LedgerEntry line) {
        String reason = line.reason().length() > LONGEST ? line.reason().substring(0, LONGEST) + "…" : line.reason();
        return line.model() + ": " + event.headline + ". " + reason;
    }
}
