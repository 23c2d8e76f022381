package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What changes on the way from one space to another.
 *
 * @param changes in the order of the first space, then of what the second one adds; none if the two mean the same
 */
public record SpaceComparison(List<Change> changes) {

    /** What became of a parameter. */
    public enum Kind {
        /** Only the second space has it. */
        ADDED,
        /** Only the first space has it. */
        REMOVED,
        /** Some numbers are not allowed any more. */
        NARROWED,
        /** Some numbers are newly allowed. */
        WIDENED,
        /** Some choices are newly allowed. */
        NEW_CATEGORIES,
        /** Some choices are not allowed any more. */
        LOST_CATEGORIES,
        /** The same kind on another scale: logarithm, step, order, mean, deviation or weights. */
        RESCALED,
        /** Another kind of parameter, or another constant. */
        RETYPED,
        /** It is there under another condition. */
        OTHER_CONDITION,
        /** Removed under this name, and just the same was added under another. */
        POSSIBLY_RENAMED
    }

    /**
     * One change.
     *
     * @param name the parameter; of one that was possibly renamed the old name
     * @param kind what became of it
     * @param detail in words
     */
    public record Change(String name, Kind kind, String detail) {}

    public SpaceComparison {
        changes = List.copyOf(changes);
    }

    /** The changes of a kind. */
    public List<Change> of(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).toList();
    }

    /** Whether it is sure that every configuration of the first space lies in the second one; if in doubt it is not. */
    public boolean compatible() {
        Set<Kind> harmless = Set.of(Kind.WIDENED, Kind.NEW_CATEGORIES);
        return changes.stream().allMatch(change -> harmless.contains(change.kind()));
    }

    static SpaceComparison of(Space from, Space to) {
        List<Change> changes = new ArrayList<>();
        from.parameters().forEach((name, parameter) -> {
            Parameter now = to.parameters().get(name);
            if (now == null) {
                changes.add(new Change(name, Kind.REMOVED, "was " + from.toMap().get(name)));
                renamed(name, from, to, changes);
                return;
            }
            between(name, parameter, now, changes);
            if (!Objects.equals(from.conditions().get(name), to.conditions().get(name))) {
                changes.add(new Change(name, Kind.OTHER_CONDITION, when(from, name) + " became " + when(to, name)));
            }
        });
        to.names().stream()
                .filter(name -> !from.parameters().containsKey(name))
                .forEach(name -> changes.add(
                        new Change(name, Kind.ADDED, "is " + to.toMap().get(name))));
        return new SpaceComparison(changes);
    }

    private static String when(Space space, String name) {
        return space.condition(name).map(c -> "when " + c.toMap()).orElse("always");
    }

    private static void renamed(String name, Space from, Space to, List<Change> changes) {
        to.names().stream()
                .filter(added -> !from.parameters().containsKey(added))
                .filter(added ->
                        Objects.equals(from.toMap().get(name), to.toMap().get(added)))
                .forEach(added -> changes.add(new Change(name, Kind.POSSIBLY_RENAMED, "is perhaps " + added + " now")));
    }

    private static void between(String name, Parameter from, Parameter to, List<Change> changes) {
        if (from.equals(to)) {
            return;
        }
        String became = from.toMap() + " became " + to.toMap();
        if (!from.getClass().equals(to.getClass()) || from instanceof ConstantParameter) {
            changes.add(new Change(name, Kind.RETYPED, became));
        } else if (from instanceof FloatParameter a && to instanceof FloatParameter b) {
            range(name, a.low(), a.high(), b.low(), b.high(), changes);
            boolean grid = a.step().equals(b.step())
                    && onGrid(a.low() - b.low(), a.step().orElse(0));
            rescaled(name, grid && a.log() == b.log(), became, changes);
        } else if (from instanceof IntParameter a && to instanceof IntParameter b) {
            range(name, a.low(), a.high(), b.low(), b.high(), changes);
            boolean grid = a.step() == b.step() && onGrid(a.low() - b.low(), a.step());
            rescaled(name, grid && a.log() == b.log(), became, changes);
        } else if (from instanceof CategoricalParameter a && to instanceof CategoricalParameter b) {
            choices(name, a.choices(), b.choices(), changes);
            rescaled(name, shares(a).equals(shares(b)), became, changes);
        } else if (from instanceof OrdinalParameter a && to instanceof OrdinalParameter b) {
            choices(name, a.choices(), b.choices(), changes);
            rescaled(name, common(a.choices(), b).equals(common(b.choices(), a)), became, changes);
        } else {
            changes.add(new Change(name, Kind.RESCALED, became));
        }
    }

    private static void range(
            String name, double low, double high, double newLow, double newHigh, List<Change> changes) {
        String detail = "[" + low + ", " + high + "] became [" + newLow + ", " + newHigh + "]";
        if (newLow > low || newHigh < high) {
            changes.add(new Change(name, Kind.NARROWED, detail));
        }
        if (newLow < low || newHigh > high) {
            changes.add(new Change(name, Kind.WIDENED, detail));
        }
    }

    private static void choices(String name, List<Object> from, List<Object> to, List<Change> changes) {
        List<Object> lost = without(from, to);
        List<Object> gained = without(to, from);
        if (!lost.isEmpty()) {
            changes.add(new Change(name, Kind.LOST_CATEGORIES, "without " + Scalar.show(lost)));
        }
        if (!gained.isEmpty()) {
            changes.add(new Change(name, Kind.NEW_CATEGORIES, "with " + Scalar.show(gained)));
        }
    }

    private static List<Object> without(List<Object> choices, List<Object> others) {
        return choices.stream()
                .filter(choice -> others.stream().noneMatch(other -> Scalar.same(choice, other)))
                .toList();
    }

    /** Whether two grids with this step, so far apart, meet. */
    private static boolean onGrid(double difference, double step) {
        return step == 0 || Math.abs(Math.IEEEremainder(difference, step)) < 1e-6 * step;
    }

    private static void rescaled(String name, boolean alike, String became, List<Change> changes) {
        if (!alike) {
            changes.add(new Change(name, Kind.RESCALED, became));
        }
    }

    // the order of categories means nothing, and new ones change no weight
    private static Map<Object, Double> shares(CategoricalParameter parameter) {
        return parameter.weights().isEmpty()
                ? Map.of()
                : parameter.choices().stream()
                        .collect(Collectors.toMap(
                                c -> c, c -> parameter.weights().get(parameter.indexOf(c))));
    }

    private static List<Object> common(List<Object> choices, OrdinalParameter other) {
        return choices.stream()
                .filter(choice -> other.choices().stream().anyMatch(o -> Scalar.same(choice, o)))
                .toList();
    }
}
