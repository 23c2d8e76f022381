package io.homeostat.study.insight;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.StudySummary;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialState;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Data ready to plot: maps, lists, texts and numbers only, to be written as JSON. A series is a map of columns of equal
 * length. Values are of the first objective where nothing else is said.
 */
public final class Plots {
    private Plots() {}

    /** Complete trials by number with the best feasible value so far, null before the first: {@code {trial, value, best}}. */
    public static Map<String, Object> history(StudyState state) {
        List<StudySummary.HistoryPoint> points = StudySummary.of(state).history();
        return columns(
                "trial",
                        points.stream()
                                .map(StudySummary.HistoryPoint::trialNumber)
                                .toList(),
                "value", points.stream().map(StudySummary.HistoryPoint::value).toList(),
                "best",
                        points.stream()
                                .map(point -> point.bestSoFar().isPresent()
                                        ? (Object) point.bestSoFar().getAsDouble()
                                        : null)
                                .toList());
    }

    /** The reports of each trial that has any: {@code [{trial, state, step, value}]}. */
    public static List<Map<String, Object>> intermediateValues(StudyState state) {
        return state.trials().stream()
                .filter(trial -> !trial.steps().isEmpty())
                .map(trial -> {
                    Map<String, Object> curve = new LinkedHashMap<>();
                    curve.put("trial", trial.number());
                    curve.put("state", word(trial.state()));
                    curve.put(
                            "step", trial.steps().stream().map(StepValue::step).toList());
                    curve.put(
                            "value",
                            trial.steps().stream().map(StepValue::value).toList());
                    return curve;
                })
                .toList();
    }

    /**
     * Complete trials with their place on each parameter's own scale, in [0, 1], null where it is not active: {@code
     * {names, trial, value, units: [[…], …]}}.
     */
    public static Map<String, Object> parallelCoordinates(StudyState state) {
        List<Trial> trials = complete(state);
        List<List<Object>> units = new ArrayList<>();
        for (Trial trial : trials) {
            List<Object> row = new ArrayList<>();
            for (double unit : state.spec().space().toUnit(trial.configuration())) {
                row.add(Double.isNaN(unit) ? null : unit);
            }
            units.add(row);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("names", state.spec().space().names());
        data.putAll(columns("trial", numbers(trials), "value", values(trials), "units", units));
        return data;
    }

    /** Complete trials that have a parameter: {@code {parameter, trial, x, value}}. */
    public static Map<String, Object> slice(StudyState state, String parameter) {
        List<Trial> trials = having(state, parameter);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("parameter", parameter);
        data.putAll(columns("trial", numbers(trials), "x", of(trials, parameter), "value", values(trials)));
        return data;
    }

    /** Complete trials that have both parameters: {@code {parameters, trial, x, y, value}}, to be interpolated. */
    public static Map<String, Object> contour(StudyState state, String x, String y) {
        state.spec().space().parameter(y);
        List<Trial> trials = having(state, x).stream()
                .filter(trial -> trial.configuration().value(y).isPresent())
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("parameters", List.of(x, y));
        data.putAll(columns("trial", numbers(trials), "x", of(trials, x), "y", of(trials, y)));
        data.put("value", values(trials));
        return data;
    }

    /** The share of complete trials with at most a value, at each of their values: {@code {value, share}}. */
    public static Map<String, Object> edf(StudyState state) {
        List<Double> sorted = values(complete(state)).stream().sorted().toList();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            shares.add((i + 1.0) / sorted.size());
        }
        return columns("value", sorted, "share", shares);
    }

    /** Complete trials with all objectives: {@code {metrics, trial, values: [[…], …], feasible, front}}. */
    public static Map<String, Object> pareto(StudyState state) {
        List<Trial> trials = complete(state);
        Set<Integer> front = Results.front(state).stream().map(Trial::number).collect(Collectors.toSet());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "metrics",
                state.spec().objectives().stream().map(Objective::metric).toList());
        data.putAll(columns(
                "trial", numbers(trials),
                "values", trials.stream().map(Trial::values).toList(),
                "feasible", trials.stream().map(Trial::feasible).toList(),
                "front",
                        trials.stream()
                                .map(trial -> front.contains(trial.number()))
                                .toList()));
        return data;
    }

    /** When each trial that a worker has begun ran: {@code [{trial, state, worker, from, to}]}; open ones have no {@code to}. */
    public static List<Map<String, Object>> timeline(StudyState state) {
        List<Map<String, Object>> bars = new ArrayList<>();
        for (Trial trial : state.trials()) {
            if (trial.begunAt().isPresent()) {
                Map<String, Object> bar = new LinkedHashMap<>();
                bar.put("trial", trial.number());
                bar.put("state", word(trial.state()));
                bar.put("worker", trial.worker().orElse(Contribution.UNNAMED));
                bar.put("from", trial.begunAt().get().toString());
                trial.endedAt().ifPresent(end -> bar.put("to", end.toString()));
                bars.add(bar);
            }
        }
        return bars;
    }

    private static List<Trial> complete(StudyState state) {
        return state.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .toList();
    }

    private static List<Trial> having(StudyState state, String parameter) {
        state.spec().space().parameter(parameter);
        return complete(state).stream()
                .filter(trial -> trial.configuration().value(parameter).isPresent())
                .toList();
    }

    private static List<Object> of(List<Trial> trials, String parameter) {
        return trials.stream()
                .map(trial -> trial.configuration().value(parameter).orElseThrow())
                .toList();
    }

    private static List<Integer> numbers(List<Trial> trials) {
        return trials.stream().map(Trial::number).toList();
    }

    private static List<Double> values(List<Trial> trials) {
        return trials.stream().map(trial -> trial.values().get(0)).toList();
    }

    private static String word(TrialState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> columns(Object... namesAndColumns) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndColumns.length; i += 2) {
            map.put((String) namesAndColumns[i], namesAndColumns[i + 1]);
        }
        return map;
    }
}
