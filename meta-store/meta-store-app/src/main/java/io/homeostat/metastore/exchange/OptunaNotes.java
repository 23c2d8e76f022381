package io.homeostat.metastore.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a journal has no place for: the study's user attribute {@value #NAME}, an object of which everything may be left out.
 *
 * @param model whose study it is
 * @param trainer who fitted
 * @param metaFeatures what the data was like
 * @param at when it ended
 * @param started trials that were started
 * @param cpuMillis processor time of all of them
 * @param liveGain the rollout's paired gain
 * @param liveOutcome how the rollout ended
 */
record OptunaNotes(
        Optional<String> model,
        Optional<String> trainer,
        Map<String, Double> metaFeatures,
        Optional<Instant> at,
        Optional<Integer> started,
        Optional<Long> cpuMillis,
        Optional<Double> liveGain,
        Optional<RolloutStatus.Phase> liveOutcome) {
    static final String NAME = "homeostat.memory";
    static final OptunaNotes NONE = new OptunaNotes(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final int CREATE_STUDY = 0;
    private static final int DELETE_STUDY = 1;
    private static final int SET_STUDY_USER_ATTRIBUTE = 2;

    /** The attribute as it is written. */
    private record Written(
            @Nullable String model,
            @Nullable String trainer,
            @Nullable Map<String, Double> metaFeatures,
            @Nullable Instant at,
            @Nullable Integer started,
            @Nullable Long cpuMillis,
            @Nullable Double liveGain,
            RolloutStatus.@Nullable Phase liveOutcome) {}

    /** The notes of a journal's studies by their names; of a study without any there are none. */
    static Map<String, OptunaNotes> of(String journal) {
        Map<Long, String> names = new HashMap<>();
        Map<String, OptunaNotes> notes = new LinkedHashMap<>();
        long next = 0;
        String[] lines = journal.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            JsonNode log = lines[i].isBlank() ? Json.mapper().createObjectNode() : tree(lines[i], i + 1);
            int code = log.path("op_code").asInt(-1);
            String name = names.get(log.path("study_id").asLong(-1));
            if (code == CREATE_STUDY
                    && !names.containsValue(log.path("study_name").asText())) {
                names.put(next++, log.path("study_name").asText());
            } else if (code == DELETE_STUDY && name != null) {
                names.remove(log.path("study_id").asLong());
                notes.remove(name);
            } else if (code == SET_STUDY_USER_ATTRIBUTE
                    && name != null
                    && log.path("user_attr").has(NAME)) {
                JsonNode written = log.path("user_attr").path(NAME);
                notes.put(name, Lines.at(i + 1, () -> read(written)));
            }
        }
        return notes;
    }

    private static JsonNode tree(String line, int number) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            String start = line.length() <= 40 ? line : line.substring(0, 40) + "…";
            throw new InvalidValueException("line " + number, "'" + start + "' is not an operation of a journal");
        }
    }

    private static OptunaNotes read(JsonNode node) {
        Check.that(node.isObject(), NAME, node + " is not an object");
        try {
            Written written = Json.read(node.toString().getBytes(StandardCharsets.UTF_8), Written.class);
            Map<String, Double> features = written.metaFeatures;
            return new OptunaNotes(
                    Optional.ofNullable(written.model),
                    Optional.ofNullable(written.trainer),
                    features == null ? Map.of() : features,
                    Optional.ofNullable(written.at),
                    Optional.ofNullable(written.started),
                    Optional.ofNullable(written.cpuMillis),
                    Optional.ofNullable(written.liveGain),
                    Optional.ofNullable(written.liveOutcome));
        } catch (InvalidValueException e) {
            throw e.under(NAME);
        }
    }

    /** A record with the outcome that is noted. */
    MetaRecord added(MetaRecord record) {
        return record.withEffort(started.isPresent() ? started.get() : record.started(), cpuMillis.orElse(null))
                .withLive(liveGain.orElse(null), liveOutcome.orElse(null));
    }

    /** The operation that notes what is known of a record. */
    static String line(MetaRecord record, int study) {
        Written written = new Written(
                record.model(),
                record.trainer(),
                record.metaFeatures(),
                record.at(),
                record.started(),
                record.cpuMillis(),
                record.liveGain(),
                record.liveOutcome());
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op_code", SET_STUDY_USER_ATTRIBUTE);
        operation.put("worker_id", "homeostat");
        operation.put("study_id", study);
        operation.put("user_attr", Map.of(NAME, written));
        return Json.text(operation);
    }
}
