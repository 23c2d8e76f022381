package io.homeostat.study.exchange;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Condition;
import io.homeostat.study.space.IntParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The space of a study that was defined by running it: its parameters are those that its trials suggested, and the
 * conditions are read off the trials.
 *
 * <p>A parameter that some trials have and some do not hangs on the first other one, there more often, whose values tell
 * them apart: a choice, or a whole number from or up to which it is there. If there is none it hangs on a made-up choice,
 * {@code NAME.used}.
 */
final class OptunaSpace {
    private static final String USED = ".used";

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Set<String> switched = new LinkedHashSet<>();
    private final List<OptunaTrial> trials;

    /** @param all trials of the study; those that ended with a value show where parameters are missing */
    OptunaSpace(List<OptunaTrial> all) {
        trials = all.stream()
                .filter(trial -> trial.state == OptunaTrial.COMPLETE || trial.state == OptunaTrial.PRUNED)
                .toList();
        Map<String, OptunaDistribution> distributions = new LinkedHashMap<>();
        for (OptunaTrial trial : all) {
            trial.distributions.forEach((name, each) -> distributions.merge(name, each, OptunaDistribution::and));
        }
        distributions.forEach((name, distribution) -> parameters.put(name, parameter(name, distribution)));
        for (String name : distributions.keySet()) {
            if (count(name) < trials.size()) {
                condition(name);
            }
        }
    }

    private static Parameter parameter(String name, OptunaDistribution distribution) {
        try {
            return distribution.parameter();
        } catch (SpaceException e) {
            throw new SpaceException("space." + name, e.problem());
        }
    }

    /**
     * @throws SpaceException if no trial has a parameter
     */
    Space space() {
        return new Space(parameters, conditions);
    }

    /** A trial's parameters in this space. */
    Map<String, Object> values(OptunaTrial trial) {
        Map<String, Object> values = new LinkedHashMap<>(trial.parameters);
        switched.forEach(name -> values.put(name + USED, trial.parameters.containsKey(name)));
        return values;
    }

    private int count(String name) {
        return (int) trials.stream()
                .filter(trial -> trial.parameters.containsKey(name))
                .count();
    }

    private void condition(String name) {
        Optional<Condition> found = List.copyOf(parameters.keySet()).stream()
                .map(parent -> hangsOn(name, parent))
                .flatMap(Optional::stream)
                .findFirst();
        if (found.isEmpty()) {
            switched.add(name);
            parameters.put(name + USED, CategoricalParameter.of(true, false));
        }
        conditions.put(name, found.orElseGet(() -> new Condition.AnyOf(name + USED, List.of(true))));
    }

    private Optional<Condition> hangsOn(String name, String parent) {
        Parameter parameter = parameters.get(parent);
        if (parameter == null
                || parameter.size().orElse(Long.MAX_VALUE) > Condition.MOST_VALUES
                || count(parent) <= count(name)) {
            return Optional.empty();
        }
        Set<Object> with = new LinkedHashSet<>();
        Set<Object> without = new LinkedHashSet<>();
        for (OptunaTrial trial : trials) {
            Object value = trial.parameters.get(parent);
            boolean there = trial.parameters.containsKey(name);
            if (value == null && there) {
                return Optional.empty();
            }
            if (value != null) {
                (there ? with : without).add(value);
            }
        }
        if (with.isEmpty() || !Collections.disjoint(with, without)) {
            return Optional.empty();
        }
        return told(parent, parameter, with, without);
    }

    private static Optional<Condition> told(String parent, Parameter parameter, Set<Object> with, Set<Object> without) {
        if (parameter instanceof CategoricalParameter) {
            return Optional.of(new Condition.AnyOf(parent, List.copyOf(with)));
        }
        if (parameter instanceof IntParameter && most(without) < least(with)) {
            return Optional.of(new Condition.Between(parent, OptionalLong.of(least(with)), OptionalLong.empty()));
        }
        if (parameter instanceof IntParameter && most(with) < least(without)) {
            return Optional.of(new Condition.Between(parent, OptionalLong.empty(), OptionalLong.of(most(with))));
        }
        return Optional.empty();
    }

    private static long least(Set<Object> values) {
        return values.stream().mapToLong(value -> (Long) value).min().orElse(Long.MAX_VALUE);
    }

    private static long most(Set<Object> values) {
        return values.stream().mapToLong(value -> (Long) value).max().orElse(Long.MIN_VALUE);
    }
}
