package io.homeostat.study.space;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One of a list of choices in order, neighbours being alike. Example: {@code batch: {ordinal: [16, 32, 64, 256]}}.
 *
 * @param choices strings, numbers or booleans, each once; 1 to 1000 of them
 */
public record OrdinalParameter(List<Object> choices) implements Parameter {

    public OrdinalParameter {
        choices = Choices.checked(choices);
    }

    /** The choices in this order. */
    public static OrdinalParameter of(Object... choices) {
        return new OrdinalParameter(List.of(choices));
    }

    /** The place of a choice in the order. */
    public int indexOf(Object value) {
        return Choices.indexOf(choices, value);
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
        return Map.of("ordinal", choices);
    }
}
