package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.metastore.record.Lesson;
import io.homeostat.metastore.record.LiveResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger's words for what the memory decided. */
final class Note {
    private static final MathContext DIGITS = new MathContext(4);

    private Note() {}

    static LedgerEntry remembered(Lesson.Learned lesson, @Nullable LiveResult result, boolean again) {
        MetaRecord record = lesson.record();
        String reason = "study " + record.taskId() + ": " + lesson.evaluated()
                + (lesson.evaluated() == 1 ? " trial" : " trials") + ", best " + record.metric() + " "
                + figure(record.bestValue()) + (result == null ? "" : "; its winner was " + words(result))
                + leftOut(lesson.ignored())
                + (again ? "; replaces what was known of it" : "");
        return entry(
                record.model(),
                record.at(),
                record.taskId(),
                again ? "correct" : "remember",
                reason,
                Map.of(
                        "trials", lesson.evaluated(),
                        "metric", record.metric(),
                        "bestValue", record.bestValue(),
                        "bestParameters", record.bestParameters()));
    }

    private static String leftOut(Map<String, Integer> ignored) {
        String parts = new TreeMap<>(ignored)
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " "
                                + entry.getKey().substring(entry.getKey().indexOf('.') + 1))
                        .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "" : "; left out: " + parts;
    }

    static LedgerEntry late(Lesson.Learned lesson, Duration keep) {
        String reason = "study " + lesson.taskId() + " is not remembered: it ended " + lesson.at()
                + ", and records are kept for " + keep.toDays() + " days";
        return entry(lesson.model(), lesson.at(), lesson.taskId(), "skip", reason, Map.of("keepDays", keep.toDays()));
    }

    static LedgerEntry outdated(Task task, String model, Instant at, Duration keep) {
        String reason = "study " + task.taskId() + " of " + task.at() + " is forgotten: records are kept for "
                + keep.toDays() + " days";
        return entry(model, at, task.taskId(), "forget", reason, Map.of("keepDays", keep.toDays()));
    }

    static LedgerEntry nothing(Lesson.Nothing lesson) {
        String reason = "study " + lesson.taskId() + " is not remembered: " + lesson.reason();
        return entry(lesson.model(), lesson.at(), lesson.taskId(), "skip", reason, Map.of());
    }

    static LedgerEntry outcome(Lesson.Outcome lesson, boolean hasRecord) {
        LiveResult result = lesson.result();
        String reason = "study " + lesson.taskId() + ": its winner was " + words(result) + " (" + lesson.reason() + ")"
                + (hasRecord ? "" : "; there is no record of the study yet");
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        Double gain = result.gain();
        if (gain != null) {
            inputs.put("liveGain", gain);
        }
        return entry(lesson.model(), lesson.at(), lesson.taskId(), "outcome", reason, inputs);
    }

    static LedgerEntry forgotten(Task task, String model, Instant at, int most) {
        String reason = "study " + task.taskId() + " of " + task.at() + " is forgotten: " + model + " has " + most
                + " newer records, the most that are kept";
        return entry(model, at, task.taskId(), "forget", reason, Map.of("mostPerModel", most));
    }

    private static LedgerEntry entry(
            String model, Instant at, String subject, String action, String reason, Map<String, Object> inputs) {
        return new LedgerEntry(model, at, LedgerEntry.Process.MEMORY, subject, action, reason, inputs);
    }

    private static String words(LiveResult result) {
        Double gain = result.gain();
        return result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (gain == null ? "" : ", live gain " + figure(gain));
    }

    private static String figure(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return Math.abs(rounded.precision() - rounded.scale()) > 9 ? rounded.toString() : rounded.toPlainString();
    }
}
