package io.homeostat.study.study;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The written form of a study: maps, lists, texts, numbers and booleans only, to be stored as JSON, YAML or anything
 * alike. What is read back goes on as if it had never been written: the same events give the same suggestions.
 *
 * <pre>{@code
 * version: 1
 * spec: {name, space, order, objectives, constraints, sampler, pruner, budget, stop, seed, parallel}
 * startedAt: 2026-01-01T00:00:00Z
 * trials: [{state, origin, configuration, values, constraints, steps, startedAt, ...}, ...]    # by number
 * endings: [0, 2, 1]                                                        # numbers in the order of their ends
 * enqueued: [{configuration, reason}, ...]
 * resumedAfter: 10                                                          # trials that had ended when it was gone on with
 * }</pre>
 *
 * <p>What is empty is left out. The order of parameters is written as a list, for maps may lose theirs.
 */
public final class StudyRecord {
    /** The version that is written. */
    public static final int VERSION = 1;

    private StudyRecord() {}

    /** The study as plain data. */
    public static Map<String, Object> write(StudyState state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", VERSION);
        map.put("spec", spec(state.spec()));
        map.put("startedAt", state.startedAt().toString());
        state.endedAt().ifPresent(at -> map.put("endedAt", at.toString()));
        state.endReason().ifPresent(reason -> map.put("endReason", reason));
        state.exhausted().ifPresent(reason -> map.put("exhausted", reason));
        if (state.resumedAfter() > 0) {
            map.put("resumedAfter", state.resumedAfter());
        }
        map.put("trials", state.trials().stream().map(StudyRecord::trial).toList());
        put(map, "endings", state.history().stream().map(FinishedTrial::number).toList());
        put(
                map,
                "enqueued",
                state.enqueued().stream().map(StudyRecord::enqueued).toList());
        return map;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException naming the path of what cannot be read, and why
     */
    public static StudyState read(Map<String, ?> map) {
        Fields study = Fields.of("study", map);
        long version = study.whole("version");
        if (version != VERSION) {
            throw new IllegalArgumentException("study.version: " + version + " is not " + VERSION
                    + ", the only one this release reads. Use the release that wrote it.");
        }
        StudySpec spec = spec(study.fields("spec"));
        List<Trial> trials = new ArrayList<>();
        for (Fields trial : study.list("trials")) {
            trials.add(trial(trial, trials.size(), spec.space()));
        }
        List<Enqueued> enqueued = study.list("enqueued").stream()
                .map(item -> new Enqueued(configuration(item, spec.space()), item.text("reason")))
                .toList();
        List<Integer> endings =
                study.numbers("endings").stream().map(Double::intValue).toList();
        StudyState state = StudyState.of(spec, trials, endings, enqueued, study.instant("startedAt"));
        if (study.has("exhausted")) {
            state = state.exhaustedBy(study.text("exhausted"));
        }
        if (study.has("resumedAfter")) {
            state = state.resumingAfter(study.integer("resumedAfter"));
        }
        return study.has("endedAt") ? state.endedWith(study.text("endReason"), study.instant("endedAt")) : state;
    }

    /** A spec as plain data. */
    public static Map<String, Object> spec(StudySpec spec) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", spec.name());
        map.put("space", spec.space().toMap());
        map.put("order", spec.space().names());
        map.put(
                "objectives",
                spec.objectives().stream().map(StudyRecord::objective).toList());
        put(map, "constraints", spec.constraints());
        map.put("sampler", spec.sampler().toPlain());
        map.put("pruner", spec.pruner().toPlain());
        map.put("budget", budget(spec.budget()));
        put(map, "stop", stop(spec.stop()));
        map.put("seed", spec.seed());
        map.put("parallel", spec.parallel());
        return map;
    }

    private static StudySpec spec(Fields map) {
        return new StudySpec(
                map.text("name"),
                ordered(Space.parse(map.map("space")), map.texts("order")),
                map.list("objectives").stream()
                        .map(o -> new Objective(o.text("metric"), Goal.parse(o.text("goal"))))
                        .toList(),
                map.texts("constraints"),
                SamplerSpec.parse(map.raw("sampler")),
                PrunerSpec.parse(map.raw("pruner")),
                budget(map.fields("budget")),
                map.has("stop") ? stop(map.fields("stop")) : StopWhen.BUDGET_IS_USED_UP,
                map.whole("seed"),
                map.integer("parallel"));
    }

    private static Space ordered(Space space, List<String> order) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        order.forEach(name -> parameters.put(name, space.parameter(name)));
        parameters.putAll(space.parameters());
        return new Space(parameters, space.conditions());
    }

    private static Map<String, Object> objective(Objective objective) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("metric", objective.metric());
        map.put("goal", objective.goal().name().toLowerCase(Locale.ROOT));
        return map;
    }

    private static Map<String, Object> budget(Budget budget) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("trials", budget.trials());
        budget.wall().ifPresent(limit -> map.put("wall", limit.toString()));
        budget.cpu().ifPresent(limit -> map.put("cpu", limit.toString()));
        budget.gpu().ifPresent(limit -> map.put("gpu", limit.toString()));
        budget.fullStep().ifPresent(step -> map.put("fullStep", step));
        return map;
    }

    private static Budget budget(Fields map) {
        return new Budget(
                map.integer("trials"),
                map.duration("wall"),
                map.duration("cpu"),
                map.duration("gpu"),
                map.has("fullStep") ? OptionalLong.of(map.whole("fullStep")) : OptionalLong.empty());
    }

    private static Map<String, Object> stop(StopWhen stop) {
        Map<String, Object> map = new LinkedHashMap<>();
        stop.targetReached().ifPresent(value -> map.put("targetReached", value));
        stop.noImprovementIn().ifPresent(trials -> map.put("noImprovementIn", trials));
        stop.expectedImprovementBelow().ifPresent(value -> map.put("expectedImprovementBelow", value));
        return map;
    }

    private static StopWhen stop(Fields map) {
        return new StopWhen(
                map.has("targetReached") ? OptionalDouble.of(map.number("targetReached")) : OptionalDouble.empty(),
                map.has("noImprovementIn") ? OptionalInt.of(map.integer("noImprovementIn")) : OptionalInt.empty(),
                map.has("expectedImprovementBelow")
                        ? OptionalDouble.of(map.number("expectedImprovementBelow"))
                        : OptionalDouble.empty());
    }

    private static Map<String, Object> enqueued(Enqueued item) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("configuration", item.configuration().values());
        map.put("reason", item.reason());
        return map;
    }

    /** A trial as plain data. */
    static Map<String, Object> trial(Trial trial) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", trial.number());
        map.put("state", trial.state().name().toLowerCase(Locale.ROOT));
        map.put("configuration", trial.configuration().values());
        map.put("origin", trial.origin().kind().name().toLowerCase(Locale.ROOT));
        map.put("reason", trial.origin().reason());
        put(map, "notes", trial.origin().notes());
        put(map, "values", trial.values());
        put(map, "constraints", trial.constraints());
        put(map, "steps", trial.steps().stream().map(s -> s.step()).toList());
        put(map, "stepValues", trial.steps().stream().map(StepValue::value).toList());
        map.put("startedAt", trial.startedAt().toString());
        trial.begunAt().ifPresent(at -> map.put("begunAt", at.toString()));
        map.put("seenAt", trial.seenAt().toString());
        trial.endedAt().ifPresent(at -> map.put("endedAt", at.toString()));
        map.put("attempt", trial.attempt());
        trial.worker().ifPresent(worker -> map.put("worker", worker));
        trial.failure().ifPresent(failure -> map.put("failure", failure));
        put(map, "attributes", trial.attributes());
        map.put("cpuMillis", trial.cost().cpuMillis());
        map.put("gpuMillis", trial.cost().gpuMillis());
        return map;
    }

    private static Trial trial(Fields map, int number, Space space) {
        List<Double> steps = map.numbers("steps");
        List<Double> values = map.numbers("stepValues");
        if (steps.size() != values.size()) {
            throw map.wrong("stepValues", values.size() + " values for " + steps.size() + " steps.");
        }
        List<StepValue> reported = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            reported.add(new StepValue(steps.get(i).longValue(), values.get(i)));
        }
        return new Trial(
                map.has("number") ? map.integer("number") : number,
                configuration(map, space),
                map.word("state", TrialState.class),
                new Origin(map.word("origin", Origin.Kind.class), map.text("reason"), map.textMap("notes")),
                map.numbers("values"),
                map.numbers("constraints"),
                reported,
                map.instant("startedAt"),
                map.has("begunAt") ? Optional.of(map.instant("begunAt")) : Optional.empty(),
                map.instant("seenAt"),
                map.has("endedAt") ? Optional.of(map.instant("endedAt")) : Optional.empty(),
                map.integer("attempt"),
                map.has("worker") ? Optional.of(map.text("worker")) : Optional.empty(),
                map.has("failure") ? Optional.of(map.text("failure")) : Optional.empty(),
                map.textMap("attributes"),
                new Cost(map.whole("cpuMillis"), map.whole("gpuMillis")));
    }

    private static Configuration configuration(Fields map, Space space) {
        Map<String, Object> values = map.map("configuration");
        return map.inside(() -> space.validate(values));
    }

    private static void put(Map<String, Object> map, String name, List<?> values) {
        if (!values.isEmpty()) {
            map.put(name, values);
        }
    }

    private static void put(Map<String, Object> map, String name, Map<String, ?> values) {
        if (!values.isEmpty()) {
            map.put(name, values);
        }
    }
}
