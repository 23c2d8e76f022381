package io.homeostat.study.exchange;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.study.Enqueued;
import io.homeostat.study.study.StudyRecord;
import io.homeostat.study.study.StudyState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a study as a journal of Optuna's. */
final class OptunaWriter {
    /** The attribute of studies and trials that keeps what Optuna has no place for. */
    static final String OURS = "homeostat";

    static final String METRICS = "study:metric_names";
    static final String CONSTRAINTS = "constraints";
    static final String FIXED = "fixed_params";
    static final List<String> STATES = List.of("running", "complete", "pruned", "failed", "waiting");
    private static final List<String> SAID_THERE =
            List.of("number", "state", "configuration", "values", "constraints", "steps", "stepValues", "attributes");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private final StudyState state;
    private final Map<String, OptunaDistribution> distributions = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    OptunaWriter(StudyState state) {
        this.state = state;
        state.spec()
                .space()
                .parameters()
                .forEach((name, parameter) -> distributions.put(name, OptunaDistribution.of(parameter)));
    }

    String journal() {
        Map<String, Object> record = StudyRecord.write(state);
        List<Long> directions = state.spec().goals().stream()
                .map(goal -> goal == Goal.MINIMIZE ? 1L : 2L)
                .toList();
        List<String> metrics =
                state.spec().objectives().stream().map(Objective::metric).toList();
        line(OptunaReplay.CREATE_STUDY, fields("study_name", state.spec().name(), "directions", directions));
        line(OptunaReplay.SET_STUDY_SYSTEM_ATTRIBUTE, fields("study_id", 0, "system_attr", Map.of(METRICS, metrics)));
        Map<String, Object> rest = new LinkedHashMap<>(record);
        rest.keySet().removeAll(List.of("trials", "enqueued"));
        line(OptunaReplay.SET_STUDY_USER_ATTRIBUTE, fields("study_id", 0, "user_attr", Map.of(OURS, rest)));
        List<?> trials = (List<?>) record.getOrDefault("trials", List.of());
        for (int i = 0; i < trials.size(); i++) {
            Map<String, Object> values = state.trials().get(i).configuration().values();
            line(OptunaReplay.CREATE_TRIAL, trial((Map<?, ?>) trials.get(i), values));
        }
        for (Enqueued waiting : state.enqueued()) {
            line(OptunaReplay.CREATE_TRIAL, waiting(waiting));
        }
        return String.join("\n", lines) + "\n";
    }

    private void line(int code, Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> log = fields("op_code", code, "worker_id", OURS);
        log.putAll(more);
        lines.add(Json.write(log));
    }

    private Map<String, @Nullable Object> trial(Map<?, ?> record, Map<String, Object> configuration) {
        String word = String.valueOf(record.get("state"));
        List<?> values = list(record, "values");
        Map<String, @Nullable Object> log = fields("study_id", 0, "state", STATES.indexOf(word));
        log.put("datetime_start", word.equals("waiting") ? null : time(record.get("startedAt")));
        if (record.get("endedAt") != null) {
            log.put("datetime_complete", time(record.get("endedAt")));
        }
        log.put("value", values.size() == 1 ? values.get(0) : null);
        log.put("values", values.size() > 1 ? values : null);
        addParameters(log, configuration);
        log.put("user_attrs", userAttributes(record));
        Map<String, @Nullable Object> system = new LinkedHashMap<>();
        if (!list(record, CONSTRAINTS).isEmpty()) {
            system.put(CONSTRAINTS, list(record, CONSTRAINTS));
        }
        if (word.equals("waiting")) {
            system.put(FIXED, configuration);
        }
        log.put("system_attrs", system);
        log.put("intermediate_values", steps(list(record, "steps"), list(record, "stepValues")));
        return log;
    }

    private void addParameters(Map<String, @Nullable Object> log, Map<String, Object> configuration) {
        Map<String, Object> params = new LinkedHashMap<>();
        Map<String, Object> kinds = new LinkedHashMap<>();
        distributions.forEach((name, distribution) -> {
            Object value = configuration.get(name);
            if (value != null) {
                params.put(name, distribution.inner(value));
                kinds.put(name, distribution.json());
            }
        });
        log.put("distributions", kinds);
        log.put("params", params);
    }

    private static Map<String, @Nullable Object> userAttributes(Map<?, ?> record) {
        Map<String, @Nullable Object> users = new LinkedHashMap<>();
        if (record.get("attributes") instanceof Map<?, ?> attributes) {
            attributes.forEach((key, value) -> users.put(String.valueOf(key), value));
        }
        Map<Object, Object> rest = new LinkedHashMap<>(record);
        SAID_THERE.forEach(rest::remove);
        users.put(OURS, rest);
        return users;
    }

    private static Map<String, Object> steps(List<?> steps, List<?> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            map.put(String.valueOf(steps.get(i)), values.get(i));
        }
        return map;
    }

    private static Map<String, @Nullable Object> waiting(Enqueued item) {
        Map<String, @Nullable Object> log = fields("study_id", 0, "state", OptunaTrial.WAITING);
        log.putAll(fields("datetime_start", null, "value", null));
        log.putAll(fields("values", null, "distributions", Map.of()));
        log.putAll(fields("params", Map.of(), "intermediate_values", Map.of()));
        log.putAll(fields(
                "user_attrs",
                Map.of(OURS, Map.of("enqueued", item.reason())),
                "system_attrs",
                Map.of(FIXED, item.configuration().values())));
        return log;
    }

    private static String time(@Nullable Object instant) {
        return TIME.format(LocalDateTime.ofInstant(Instant.parse(String.valueOf(instant)), ZoneOffset.UTC));
    }

    private static List<?> list(Map<?, ?> record, String name) {
        return record.get(name) instanceof List<?> list ? list : List.of();
    }

    private static Map<String, @Nullable Object> fields(
            String name, @Nullable Object value, String name2, @Nullable Object value2) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put(name2, value2);
        return map;
    }
}
