package io.homeostat.study.space;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A value that is passed on and not tuned. Example: {@code max_bin: {constant: 63}}.
 *
 * @param value a string, a number or a boolean
 */
public record ConstantParameter(Object value) implements Parameter {

    public ConstantParameter {
        value = Scalar.of(value, "");
    }

    @Override
    public Object accept(Object other) {
        if (!Scalar.same(value, Scalar.of(other, ""))) {
            throw new SpaceException("", Scalar.show(other) + " is not the constant " + Scalar.show(value) + ".");
        }
        return value;
    }

    @Override
    public double toUnit(Object other) {
        return 0.5;
    }

    @Override
    public Object fromUnit(double unit) {
        return value;
    }

    @Override
    public Stretch stretch(Object other) {
        return new Stretch(0, 1);
    }

    @Override
    public Object at(long index) {
        Objects.checkIndex(index, 1L);
        return value;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(1);
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("constant", value);
    }
}
