package io.homeostat.study.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replays a journal: each line is an operation, and what cannot be applied — to an unknown or deleted study, an unknown
 * trial, or one that has ended — is passed over, as Optuna does.
 */
final class OptunaReplay {
    static final int CREATE_STUDY = 0;
    static final int DELETE_STUDY = 1;
    static final int SET_STUDY_USER_ATTRIBUTE = 2;
    static final int SET_STUDY_SYSTEM_ATTRIBUTE = 3;
    static final int CREATE_TRIAL = 4;
    private static final int SET_TRIAL_PARAMETER = 5;
    private static final int SET_TRIAL_STATE_VALUES = 6;
    private static final int SET_TRIAL_INTERMEDIATE_VALUE = 7;
    private static final int SET_TRIAL_USER_ATTRIBUTE = 8;
    private static final int SET_TRIAL_SYSTEM_ATTRIBUTE = 9;

    // ids count from 0 over the journal
    private final Map<Long, OptunaStudy> studies = new LinkedHashMap<>();
    private final List<OptunaTrial> trials = new ArrayList<>();
    private long nextStudy;

    /**
     * The studies by name.
     *
     * @throws IllegalArgumentException naming the line that cannot be read; a last line without an end is passed over, for
     *     it may still be written
     */
    static Map<String, OptunaStudy> of(String journal) {
        OptunaReplay replay = new OptunaReplay();
        String[] lines = journal.split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            try {
                replay.apply(new Operation(Json.read(lines[i])));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("journal line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        Map<String, OptunaStudy> byName = new LinkedHashMap<>();
        replay.studies.values().forEach(study -> byName.put(study.name(), study));
        return byName;
    }

    private void apply(Operation log) {
        int code = (int) log.whole("op_code");
        switch (code) {
            case CREATE_STUDY -> createStudy(log);
            case DELETE_STUDY -> studies.remove(log.whole("study_id"));
            case SET_STUDY_USER_ATTRIBUTE, SET_STUDY_SYSTEM_ATTRIBUTE -> setStudyAttribute(code, log);
            case CREATE_TRIAL -> createTrial(log);
            default -> changeTrial(code, log);
        }
    }

    private void createStudy(Operation log) {
        String name = log.text("study_name");
        if (studies.values().stream().anyMatch(study -> study.name().equals(name))) {
            return;
        }
        List<Long> directions =
                log.numbers("directions").stream().map(Double::longValue).toList();
        studies.put(nextStudy++, new OptunaStudy(name, directions));
    }

    private void setStudyAttribute(int code, Operation log) {
        OptunaStudy study = studies.get(log.whole("study_id"));
        if (study != null && code == SET_STUDY_USER_ATTRIBUTE) {
            study.userAttributes().putAll(log.map("user_attr"));
        } else if (study != null) {
            study.systemAttributes().putAll(log.map("system_attr"));
        }
    }

    private void createTrial(Operation log) {
        OptunaStudy study = studies.get(log.whole("study_id"));
        if (study == null) {
            return;
        }
        OptunaTrial trial = new OptunaTrial();
        trial.state = log.has("state") ? (int) log.whole("state") : OptunaTrial.RUNNING;
        trial.started = log.textOrNull("datetime_start");
        trial.ended = log.textOrNull("datetime_complete");
        trial.values = log.has("value") ? List.of(log.number("value")) : log.numbers("values");
        Map<String, @Nullable Object> distributions = log.map("distributions");
        Operation parameters = new Operation(log.map("params"));
        for (String name : parameters.names()) {
            OptunaDistribution distribution = OptunaDistribution.read(String.valueOf(distributions.get(name)));
            trial.parameter(name, distribution, parameters.number(name));
        }
        Operation steps = new Operation(log.map("intermediate_values"));
        for (String step : steps.names()) {
            trial.intermediate.put(Long.valueOf(step), steps.number(step));
        }
        trial.userAttributes.putAll(log.map("user_attrs"));
        trial.systemAttributes.putAll(log.map("system_attrs"));
        trials.add(trial);
        study.trials().add(trial);
    }

    private void changeTrial(int code, Operation log) {
        if (code < CREATE_STUDY || code > SET_TRIAL_SYSTEM_ATTRIBUTE) {
            throw new IllegalArgumentException("operation " + code + " is not known.");
        }
        long id = log.whole("trial_id");
        if (id < 0 || id >= trials.size() || trials.get((int) id).finished()) {
            return;
        }
        OptunaTrial trial = trials.get((int) id);
        switch (code) {
            case SET_TRIAL_PARAMETER ->
                trial.parameter(
                        log.text("param_name"),
                        OptunaDistribution.read(log.text("distribution")),
                        log.number("param_value_internal"));
            case SET_TRIAL_STATE_VALUES -> setState(trial, log);
            case SET_TRIAL_INTERMEDIATE_VALUE ->
                trial.intermediate.put(log.whole("step"), log.number("intermediate_value"));
            case SET_TRIAL_USER_ATTRIBUTE -> trial.userAttributes.putAll(log.map("user_attr"));
            default -> trial.systemAttributes.putAll(log.map("system_attr"));
        }
    }

    private static void setState(OptunaTrial trial, Operation log) {
        trial.state = (int) log.whole("state");
        String started = log.textOrNull("datetime_start");
        trial.started = started == null ? trial.started : started;
        trial.ended = log.textOrNull("datetime_complete");
        if (log.has("values")) {
            trial.values = log.numbers("values");
        }
    }

    /** A line's fields. */
    private static final class Operation {
        private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

        Operation(@Nullable Object line) {
            if (!(line instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("is not an operation. Is this a journal of Optuna?");
            }
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }

        List<String> names() {
            return List.copyOf(fields.keySet());
        }

        boolean has(String name) {
            return fields.get(name) != null;
        }

        double number(String name) {
            if (fields.get(name) instanceof Number number) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException(name + ": " + fields.get(name) + " is not a number.");
        }

        long whole(String name) {
            return (long) number(name);
        }

        String text(String name) {
            if (fields.get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(name + ": " + fields.get(name) + " is not a text.");
        }

        @Nullable
        String textOrNull(String name) {
            return has(name) ? text(name) : null;
        }

        List<?> list(String name) {
            return fields.get(name) instanceof List<?> list ? list : List.of();
        }

        List<Double> numbers(String name) {
            List<Double> numbers = new ArrayList<>();
            for (Object each : list(name)) {
                numbers.add(each instanceof Number number ? number.doubleValue() : Double.NaN);
            }
            return numbers;
        }

        Map<String, @Nullable Object> map(String name) {
            return fields.get(name) == null ? Map.of() : new Operation(fields.get(name)).fields;
        }
    }
}
