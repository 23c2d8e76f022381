package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which parameter hangs on which, and how many points that makes. Parameters go by their place in the space. */
final class Tree {
    private static final long UNCOUNTED = -1;

    private final Parameter[] parameters;
    private final @Nullable Condition[] conditions;
    private final int[] parents; // -1 for a parameter that is always there
    private final List<List<Integer>> children = new ArrayList<>();
    private final List<Integer> roots = new ArrayList<>();
    private final int[] order;
    private final long[] sizes;
    private final long size;

    Tree(Map<String, Parameter> byName, Map<String, Condition> conditionByName) {
        List<String> names = List.copyOf(byName.keySet());
        parameters = byName.values().toArray(new Parameter[0]);
        conditions = new Condition[parameters.length];
        parents = new int[parameters.length];
        Map<String, Integer> place = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            place.put(names.get(i), i);
            children.add(new ArrayList<>());
        }
        for (int i = 0; i < parameters.length; i++) {
            Condition condition = conditionByName.get(names.get(i));
            conditions[i] = condition;
            parents[i] = condition == null ? -1 : parent(names.get(i), condition, place);
            (parents[i] < 0 ? roots : children.get(parents[i])).add(i);
        }
        order = parentsFirst(names);
        sizes = new long[parameters.length];
        for (int k = order.length - 1; k >= 0; k--) {
            sizes[order[k]] = sizeOf(order[k]);
        }
        size = product(roots);
    }

    private int parent(String name, Condition condition, Map<String, Integer> place) {
        String path = "space." + name + ".when." + condition.parent();
        Integer at = place.get(condition.parent());
        if (at == null) {
            throw new SpaceException(path, "is not in the space. It has: " + String.join(", ", place.keySet()) + ".");
        }
        Parameter parent = parameters[at];
        if (parent instanceof FloatParameter || parent instanceof NormalParameter) {
            throw new SpaceException(path, "is a real number. Let a categorical, ordinal or int parameter decide.");
        }
        if (condition instanceof Condition.Between && !(parent instanceof IntParameter)) {
            throw new SpaceException(path, "has bounds, but is not an int. List the values instead.");
        }
        long values = parent.size().orElseThrow();
        if (values > Condition.MOST_VALUES) {
            throw new SpaceException(
                    path,
                    "has " + values + " values, more than " + Condition.MOST_VALUES
                            + " that a parameter may have on which others hang. Use ordinal.");
        }
        refuseStrangers(parent, condition, path);
        return at;
    }

    private static void refuseStrangers(Parameter parent, Condition condition, String path) {
        if (condition instanceof Condition.AnyOf any) {
            for (Object value : any.values()) {
                try {
                    parent.accept(value);
                } catch (SpaceException e) {
                    throw e.under(path);
                }
            }
        }
        for (long i = 0; i < parent.size().orElseThrow(); i++) {
            if (condition.holds(parent.at(i))) {
                return;
            }
        }
        throw new SpaceException(path, "has no value that opens the parameter. Widen the bounds.");
    }

    private int[] parentsFirst(List<String> names) {
        int[] sorted = new int[parameters.length];
        int count = 0;
        List<Integer> next = new ArrayList<>(roots);
        for (int k = 0; k < next.size(); k++) {
            sorted[count++] = next.get(k);
            next.addAll(children.get(next.get(k)));
        }
        if (count < parameters.length) {
            List<String> circle = new ArrayList<>(names);
            next.forEach(i -> circle.remove(names.get(i)));
            throw new SpaceException(
                    "space." + circle.get(0) + ".when", "hangs on itself, by " + String.join(", ", circle) + ".");
        }
        return sorted;
    }

    /** Every parameter, after the one it hangs on. */
    int[] order() {
        return order;
    }

    /** Whether a parameter is there, given the values of those before it in {@link #order}; null is not there. */
    boolean active(int i, @Nullable Object[] values) {
        Condition condition = conditions[i];
        if (condition == null) {
            return true;
        }
        Object value = values[parents[i]];
        return value != null && condition.holds(value);
    }

    /** The place of the parameter that a parameter hangs on; -1 if it is always there. */
    int parent(int i) {
        return parents[i];
    }

    /** How many points there are; empty if they cannot be counted. */
    OptionalLong size() {
        return size == UNCOUNTED ? OptionalLong.empty() : OptionalLong.of(size);
    }

    private long sizeOf(int i) {
        if (children.get(i).isEmpty()) {
            return parameters[i].size().orElse(UNCOUNTED);
        }
        long sum = 0;
        for (long index = 0; index < parameters[i].size().orElseThrow(); index++) {
            long below = product(opened(i, parameters[i].at(index)));
            if (below == UNCOUNTED || sum + below < 0) {
                return UNCOUNTED;
            }
            sum += below;
        }
        return sum;
    }

    private long product(List<Integer> group) {
        long product = 1;
        for (int i : group) {
            if (sizes[i] == UNCOUNTED || Math.multiplyHigh(product, sizes[i]) != 0 || product * sizes[i] < 0) {
                return UNCOUNTED;
            }
            product *= sizes[i];
        }
        return product;
    }

    private List<Integer> opened(int i, Object value) {
        return children.get(i).stream()
                .filter(child -> {
                    Condition condition = conditions[child];
                    return condition != null && condition.holds(value);
                })
                .toList();
    }

    /** The values of the point with this index; null is not there. */
    @Nullable
    Object[] at(long index) {
        @Nullable Object[] values = new Object[parameters.length];
        fill(roots, index, values);
        return values;
    }

    private void fill(List<Integer> group, long index, @Nullable Object[] values) {
        long rest = index;
        for (int k = group.size() - 1; k >= 0; k--) {
            int i = group.get(k);
            fill(i, rest % sizes[i], values);
            rest /= sizes[i];
        }
    }

    private void fill(int i, long index, @Nullable Object[] values) {
        if (children.get(i).isEmpty()) {
            values[i] = parameters[i].at(index);
            return;
        }
        long rest = index;
        for (long k = 0; ; k++) {
            Object value = parameters[i].at(k);
            List<Integer> opened = opened(i, value);
            long below = product(opened);
            if (rest < below) {
                values[i] = value;
                fill(opened, rest, values);
                return;
            }
            rest -= below;
        }
    }
}
