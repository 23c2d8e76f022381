package io.homeostat.study.insight;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A business rule that chooses among the trials of a study: bounds that must be kept, then what decides among those that
 * keep them. Written as {@code accuracy >= 0.90 and latencyMillis <= 50, then cpuMillis}.
 *
 * <p>A name is an objective of the study, or {@code cpuMillis} or {@code gpuMillis}, what the trial took. After {@code
 * then} stand one or more names; the best by the first is chosen, less of the cost or by the objective's own goal, the
 * next ones decide among equals, then being on the Pareto front, then the earlier trial. {@code cheapest} stands for
 * {@code cpuMillis}. Only complete trials that keep the study's constraints are looked at.
 *
 * @param bounds all must be kept; may be empty
 * @param then what decides, the first first; at least one
 */
public record ChoiceRule(List<Bound> bounds, List<String> then) {
    private static final Set<String> COSTS = Set.of("cpuMillis", "gpuMillis");
    private static final Pattern BOUND = Pattern.compile("(\\S+?)\\s*(>=|<=|≥|≤)\\s*(\\S+)");

    /**
     * A bound to keep.
     *
     * @param metric its name
     * @param atLeast whether values below are out; else values above
     * @param limit finite
     */
    public record Bound(String metric, boolean atLeast, double limit) {
        public Bound {
            if (!Double.isFinite(limit)) {
                throw new IllegalArgumentException("rule." + metric + ": " + limit + " is not a finite number.");
            }
        }

        boolean keeps(double value) {
            return atLeast ? value >= limit : value <= limit;
        }

        /** By how much a value misses the bound; 0 if it keeps it. */
        double miss(double value) {
            return Math.max(0, atLeast ? limit - value : value - limit);
        }

        @Override
        public String toString() {
            return metric + (atLeast ? " >= " : " <= ") + limit;
        }
    }

    public ChoiceRule {
        bounds = List.copyOf(bounds);
        then = List.copyOf(then);
        if (then.isEmpty()) {
            throw new IllegalArgumentException("rule: nothing decides. End it with \", then\" and a metric.");
        }
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException naming the part that cannot be read, and what would be right
     */
    public static ChoiceRule parse(String text) {
        String[] halves = text.strip().split("\\s*,?\\s*\\bthen\\s+(the\\s+)?", 2);
        if (halves.length < 2) {
            throw new IllegalArgumentException("rule: \"" + text + "\" does not say what decides. Write for example"
                    + " accuracy >= 0.9 and latencyMillis <= 50, then cpuMillis.");
        }
        List<Bound> bounds = new ArrayList<>();
        for (String part : halves[0].isBlank() ? new String[0] : halves[0].split("\\s+and\\s+|\\s*,\\s*")) {
            bounds.add(bound(part.strip()));
        }
        List<String> then = new ArrayList<>();
        for (String name : halves[1].strip().split("\\s*,\\s*(then\\s+)?")) {
            then.add(name.equals("cheapest") ? "cpuMillis" : name);
        }
        return new ChoiceRule(bounds, then);
    }

    private static Bound bound(String part) {
        Matcher matcher = BOUND.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "rule: \"" + part + "\" is not a bound. Write a metric, >= or <=, and a number without a unit.");
        }
        try {
            boolean atLeast = matcher.group(2).equals(">=") || matcher.group(2).equals("≥");
            return new Bound(matcher.group(1), atLeast, Double.parseDouble(matcher.group(3)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "rule: \"" + matcher.group(3) + "\" in \"" + part
                            + "\" is not a number. Leave the unit out: it is that of the metric.",
                    e);
        }
    }

    /**
     * The trial that the rule chooses.
     *
     * @throws IllegalArgumentException if the study has no metric of a name in the rule, naming those it has
     */
    public Choice choose(StudyState state) {
        check(state.spec());
        List<Trial> complete = state.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE && trial.feasible())
                .toList();
        List<Trial> kept = complete.stream()
                .filter(trial ->
                        bounds.stream().allMatch(bound -> bound.keeps(value(state.spec(), trial, bound.metric))))
                .toList();
        Optional<Trial> chosen = kept.stream().min(order(state));
        return chosen.map(trial -> new Choice(chosen, reason(state.spec(), trial, kept.size(), complete.size())))
                .orElseGet(() -> new Choice(Optional.empty(), missing(state.spec(), complete)));
    }

    private void check(StudySpec spec) {
        Set<String> known = new LinkedHashSet<>();
        spec.objectives().forEach(objective -> known.add(objective.metric()));
        known.addAll(COSTS.stream().sorted().toList());
        List<String> asked = new ArrayList<>(then);
        bounds.forEach(bound -> asked.add(bound.metric));
        for (String name : asked) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("rule: \"" + name + "\" is not a metric of study \"" + spec.name()
                        + "\". It has: " + String.join(", ", known) + ".");
            }
        }
    }

    private Comparator<Trial> order(StudyState state) {
        Comparator<Trial> order = (a, b) -> 0;
        for (String name : then) {
            Goal goal = objective(state.spec(), name)
                    .map(k -> state.spec().goals().get(k))
                    .orElse(Goal.MINIMIZE);
            order = order.thenComparing(trial -> value(state.spec(), trial, name), goal.bestFirst());
        }
        Set<Trial> front = new LinkedHashSet<>(Results.front(state));
        return order.thenComparing(trial -> !front.contains(trial)).thenComparingInt(Trial::number);
    }

    private static Optional<Integer> objective(StudySpec spec, String name) {
        List<String> names = spec.objectives().stream().map(Objective::metric).toList();
        int place = names.indexOf(name);
        return place < 0 ? Optional.empty() : Optional.of(place);
    }

    private static double value(StudySpec spec, Trial trial, String name) {
        double cost = name.equals("gpuMillis")
                ? trial.cost().gpuMillis()
                : trial.cost().cpuMillis();
        return objective(spec, name).map(k -> trial.values().get(k)).orElse(cost);
    }

    private String reason(StudySpec spec, Trial trial, int kept, int complete) {
        String values =
                then.stream().map(name -> name + " " + value(spec, trial, name)).collect(Collectors.joining(", "));
        String which = bounds.isEmpty() ? "" : " that keep " + written();
        return "trial " + trial.number() + " has the best " + values + " of " + kept + " of " + complete
                + " complete trials" + which;
    }

    private String written() {
        return bounds.stream().map(Bound::toString).collect(Collectors.joining(" and "));
    }

    private String missing(StudySpec spec, List<Trial> complete) {
        String text = "none of " + complete.size() + " complete trials keeps " + written();
        for (Bound bound : bounds) {
            Optional<Trial> nearest = complete.stream()
                    .min(Comparator.comparingDouble(trial -> bound.miss(value(spec, trial, bound.metric))));
            text += nearest.map(trial -> "; nearest to " + bound + " is trial " + trial.number() + " with "
                            + value(spec, trial, bound.metric))
                    .orElse("");
        }
        return text;
    }

    /** The rule as {@link #parse} reads it. */
    @Override
    public String toString() {
        return written() + (bounds.isEmpty() ? "then " : ", then ") + String.join(", ", then);
    }
}
