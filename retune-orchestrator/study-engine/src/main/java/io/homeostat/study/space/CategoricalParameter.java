package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One of a list of choices without order. Example: {@code boosting: {categorical: [gbdt, dart]}}.
 *
 * @param choices strings, numbers or booleans, each once; 1 to 1000 of them; the first is the default
 */
public record CategoricalParameter(List<Object> choices) implements Parameter {
    private static final int MOST_CHOICES = 1000;

    public CategoricalParameter {
        if (choices.isEmpty()) {
            throw new SpaceException("", "has no choices. List at least one.");
        }
        if (choices.size() > MOST_CHOICES) {
            throw new SpaceException("", choices.size() + " choices are more than " + MOST_CHOICES + ". Use int.");
        }
        List<Object> distinct = new ArrayList<>(choices.size());
        for (Object choice : choices) {
            Object scalar = Scalar.of(choice, "");
            if (distinct.stream().anyMatch(other -> Scalar.same(other, scalar))) {
                throw new SpaceException("", "choice " + Scalar.show(scalar) + " is listed twice.");
            }
            distinct.add(scalar);
        }
        choices = List.copyOf(distinct);
    }

    /** The choices in this order. */
    public static CategoricalParameter of(Object... choices) {
        return new CategoricalParameter(List.of(choices));
    }

    /** The place of a choice in the list. */
    public int indexOf(Object value) {
        for (int i = 0; i < choices.size(); i++) {
            if (Scalar.same(choices.get(i), value)) {
                return i;
            }
        }
        throw new SpaceException("", Scalar.show(value) + " is not among the choices " + Scalar.show(choices) + ".");
    }

    @Override
    public Object accept(Object value) {
        return choices.get(indexOf(Scalar.of(value, "")));
    }

    @Override
    public double toUnit(Object value) {
        return (indexOf(value) + 0.5) / choices.size();
    }

    @Override
    public Object fromUnit(double unit) {
        int index = (int) (Math.max(0, unit) * choices.size());
        return choices.get(Math.min(choices.size() - 1, index));
    }

    @Override
    public Object middle() {
        return choices.get(0);
    }

    @Override
    public Stretch stretch(Object value) {
        double index = indexOf(value);
        return new Stretch(index / choices.size(), (index + 1) / choices.size());
    }

    @Override
    public Object at(long index) {
        return choices.get((int) Objects.checkIndex(index, (long) choices.size()));
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(choices.size());
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("categorical", choices);
    }
}
