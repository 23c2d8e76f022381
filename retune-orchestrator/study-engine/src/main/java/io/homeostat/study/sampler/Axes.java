package io.homeostat.study.sampler;

import io.homeostat.study.space.Condition;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.Derivation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The parameters of a space that have more than one value, as {@link Axis axes}, and which of them are there together. */
final class Axes {
    /** Those of the history's space. */
    static final Derivation<Axes> OF_SPACE =
            (history, before, known) -> before == null ? new Axes(history.space()) : before;

    private final List<Parameter> parameters;
    private final int[] parents; // -1 for a parameter that is always there
    private final @Nullable Condition[] conditions;
    private final List<List<Axis>> all;
    private final List<List<Axis>> together;
    private final List<List<Axis>> single;

    private Axes(Space space) {
        parameters = List.copyOf(space.parameters().values());
        List<String> names = space.names();
        conditions = new Condition[names.size()];
        parents = new int[names.size()];
        for (int i = 0; i < parents.length; i++) {
            Condition condition = space.conditions().get(names.get(i));
            conditions[i] = condition;
            parents[i] = condition == null ? -1 : names.indexOf(condition.parent());
        }
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < parents.length; i++) {
            if (parameters.get(i).size().orElse(2) > 1) {
                axes.add(new Axis(i, parameters.get(i)));
            }
        }
        axes.sort(Comparator.comparingInt(axis -> depth(axis.index())));
        all = axes.isEmpty() ? List.of() : List.of(List.copyOf(axes));
        single = axes.stream().map(List::of).toList();
        Map<Object, List<Axis>> byCondition = new LinkedHashMap<>();
        for (Axis axis : axes) {
            byCondition
                    .computeIfAbsent(opening(axis.index()), key -> new ArrayList<>())
                    .add(axis);
        }
        together = byCondition.values().stream().map(List::copyOf).toList();
    }

    private int depth(int parameter) {
        return parents[parameter] < 0 ? 0 : 1 + depth(parents[parameter]);
    }

    /** What must be so for a parameter to be there: its parent, and the indexes of the values that open it. */
    private Object opening(int i) {
        Condition condition = conditions[i];
        if (condition == null) {
            return List.of();
        }
        Parameter parent = parameters.get(parents[i]);
        List<Long> opens = LongStream.range(0, parent.size().orElseThrow())
                .filter(value -> condition.holds(parent.at(value)))
                .boxed()
                .toList();
        return Map.entry(parents[i], opens);
    }

    /** All axes, each after what it hangs on. */
    List<Axis> axes() {
        return all.isEmpty() ? List.of() : all.get(0);
    }

    /** All axes as one group, each after what it hangs on; no group if there is no axis. */
    List<List<Axis>> all() {
        return all;
    }

    /** The axes in groups that are there together: those always there first, and each after what it hangs on. */
    List<List<Axis>> together() {
        return together;
    }

    /** Each axis as a group of its own, each after what it hangs on. */
    List<List<Axis>> single() {
        return single;
    }

    /** Whether the parameter with this place in the space is there, given the coordinates of those it hangs on. */
    boolean active(int parameter, double[] unit) {
        Condition condition = conditions[parameter];
        if (condition == null) {
            return true;
        }
        int parent = parents[parameter];
        return active(parent, unit) && condition.holds(parameters.get(parent).fromUnit(unit[parent]));
    }
}
