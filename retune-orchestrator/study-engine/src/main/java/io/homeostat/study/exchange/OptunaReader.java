package io.homeostat.study.exchange;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.StudyRecord;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.trial.StepValue;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a study of what a journal of Optuna's says: the written form of one, which is then read. */
final class OptunaReader {
    private final OptunaStudy study;
    private final OptunaSpace found;
    private final Map<String, Object> record;
    private final StudySpec spec;
    private final Space space;
    private final List<Map<String, Object>> trials = new ArrayList<>();
    private final List<Map<String, Object>> enqueued = new ArrayList<>();

    OptunaReader(OptunaStudy study) {
        this.study = study;
        found = new OptunaSpace(study.trials());
        record = ours(study.userAttributes());
        if (record.isEmpty()) {
            record.put("version", StudyRecord.VERSION);
            record.put("spec", StudyRecord.spec(shown()));
            record.put("startedAt", started());
        }
        Map<String, Object> withoutTrials = new LinkedHashMap<>(record);
        withoutTrials.remove("endings");
        spec = StudyRecord.read(withoutTrials).spec();
        space = spec.space();
    }

    StudyState state() {
        for (OptunaTrial trial : study.trials()) {
            boolean asked = trial.state != OptunaTrial.WAITING
                    || ours(trial.userAttributes).containsKey("origin");
            if (asked) {
                trials.add(trial(trial));
            } else {
                enqueued.add(waiting(trial));
            }
        }
        List<Long> ended = IntStream.range(0, trials.size())
                .filter(i -> trials.get(i).containsKey("endedAt"))
                .mapToObj(i -> (long) i)
                .toList();
        if (record.get("endings") instanceof List<?> list
                && !list.stream()
                        .map(each -> each instanceof Number number ? number.longValue() : -1)
                        .sorted()
                        .toList()
                        .equals(ended)) {
            record.remove("endings");
        }
        record.put("trials", trials);
        record.put("enqueued", enqueued);
        return StudyRecord.read(record);
    }

    /* What its trials show of it. */
    private StudySpec shown() {
        int objectives = study.directions().size();
        List<?> metrics =
                study.systemAttributes().get(OptunaWriter.METRICS) instanceof List<?> names ? names : List.of();
        Objective[] all = new Objective[objectives];
        for (int k = 0; k < objectives; k++) {
            String otherwise = objectives == 1 ? "value" : "value" + k;
            String metric = k < metrics.size() ? String.valueOf(metrics.get(k)) : otherwise;
            all[k] = new Objective(metric, study.directions().get(k) == 2 ? Goal.MAXIMIZE : Goal.MINIMIZE);
        }
        int constraints = study.trials().stream()
                .mapToInt(trial -> constraints(trial).size())
                .max()
                .orElse(0);
        return StudySpec.of(study.name(), found.space(), all)
                .withConstraints(IntStream.range(0, constraints)
                        .mapToObj(i -> "constraint" + i)
                        .toArray(String[]::new))
                .withBudget(Budget.trials(Math.max(1, study.trials().size())));
    }

    private String started() {
        return study.trials().stream()
                .map(trial -> trial.started)
                .filter(time -> time != null)
                .sorted()
                .findFirst()
                .map(OptunaReader::time)
                .orElse("1970-01-01T00:00:00Z");
    }

    private Map<String, Object> waiting(OptunaTrial trial) {
        Map<?, ?> fixed = trial.systemAttributes.get(OptunaWriter.FIXED) instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Object> values = new LinkedHashMap<>();
        fixed.forEach((name, value) -> values.put(String.valueOf(name), value == null ? "None" : value));
        Object reason = ours(trial.userAttributes).getOrDefault("enqueued", "enqueued in Optuna");
        return Map.of("configuration", space.project(values).configuration().values(), "reason", reason);
    }

    private Map<String, Object> trial(OptunaTrial trial) {
        Map<String, Object> written = ours(trial.userAttributes);
        String end = time(trial.ended == null ? trial.started : trial.ended);
        written.putIfAbsent("origin", "added");
        written.putIfAbsent("reason", "a trial of Optuna's");
        written.putIfAbsent("startedAt", time(trial.started == null ? trial.ended : trial.started));
        written.putIfAbsent("seenAt", end);
        written.putIfAbsent("attempt", 1L);
        written.putIfAbsent("cpuMillis", 0L);
        written.putIfAbsent("gpuMillis", 0L);
        written.put("number", trials.size());
        Map<String, Object> own = space.contains(trial.parameters) ? trial.parameters : found.values(trial);
        Optional<String> outside = outside(own);
        String problem = problem(trial, outside);
        written.put(
                "configuration",
                outside.isEmpty() ? own : space.project(own).configuration().values());
        if (problem.isEmpty()) {
            written.put("state", OptunaWriter.STATES.get(trial.state));
            addValues(written, trial);
        } else {
            written.put("state", "failed");
            written.put("failure", problem);
        }
        if (!problem.isEmpty() || trial.finished()) {
            written.putIfAbsent("endedAt", end);
        }
        List<StepValue> steps = steps(trial);
        written.put("steps", steps.stream().map(StepValue::step).toList());
        written.put("stepValues", steps.stream().map(StepValue::value).toList());
        written.put("attributes", attributes(trial));
        return written;
    }

    private static void addValues(Map<String, Object> written, OptunaTrial trial) {
        if (trial.state == OptunaTrial.PRUNED) {
            written.put("values", trial.values.subList(0, 1));
        } else if (trial.state == OptunaTrial.COMPLETE) {
            written.put("values", trial.values);
            written.put("constraints", constraints(trial));
        }
    }

    /** Why the values are no point of the space: some of them are missing, or were enqueued from beyond a range. */
    private Optional<String> outside(Map<String, Object> values) {
        try {
            space.validate(values);
            return Optional.empty();
        } catch (SpaceException e) {
            return Optional.of(e.path() + ": " + e.problem());
        }
    }

    /** Why the trial cannot be taken as what it is there; empty if it can. */
    private String problem(OptunaTrial trial, Optional<String> outside) {
        boolean complete = trial.state == OptunaTrial.COMPLETE;
        if (!complete && trial.state != OptunaTrial.PRUNED) {
            return outside.isEmpty() || trial.state == OptunaTrial.FAILED ? "" : "it had not got all its parameters";
        }
        if (outside.isPresent()) {
            return "it is no point of the space: " + outside.get();
        }
        boolean enough = complete ? trial.values.size() == spec.objectives().size() : !trial.values.isEmpty();
        if (!enough || !finite(trial.values)) {
            return "its values " + trial.values + " are not finite, or not one per objective";
        }
        List<Double> limits = constraints(trial);
        boolean limited = !complete || (limits.size() == spec.constraints().size() && finite(limits));
        return limited ? "" : "its constraints " + limits + " are not finite, or not one for each of the study's";
    }

    private static boolean finite(List<Double> values) {
        return values.stream().allMatch(Double::isFinite);
    }

    private static List<StepValue> steps(OptunaTrial trial) {
        List<StepValue> steps = new ArrayList<>();
        trial.intermediate.forEach((step, value) -> {
            if (step >= 0 && Double.isFinite(value)) {
                steps.add(new StepValue(step, value));
            }
        });
        return Trial.thinned(steps);
    }

    private static List<Double> constraints(OptunaTrial trial) {
        List<Double> constraints = new ArrayList<>();
        if (trial.systemAttributes.get(OptunaWriter.CONSTRAINTS) instanceof List<?> list) {
            list.forEach(each -> constraints.add(each instanceof Number number ? number.doubleValue() : Double.NaN));
        }
        return constraints;
    }

    private static Map<String, String> attributes(OptunaTrial trial) {
        Map<String, String> attributes = new LinkedHashMap<>();
        trial.userAttributes.forEach((key, value) -> {
            if (!key.equals(OptunaWriter.OURS)) {
                attributes.put(key, value instanceof String text ? text : Json.write(value));
            }
        });
        return attributes;
    }

    private static Map<String, Object> ours(Map<String, @Nullable Object> attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (attributes.get(OptunaWriter.OURS) instanceof Map<?, ?> written) {
            written.forEach((key, value) -> {
                if (value != null) {
                    map.put(String.valueOf(key), value);
                }
            });
        }
        return map;
    }

    private static String time(@Nullable String naive) {
        if (naive == null) {
            return "1970-01-01T00:00:00Z";
        }
        try {
            return LocalDateTime.parse(naive).toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("journal: " + naive + " is not a time.", e);
        }
    }
}
