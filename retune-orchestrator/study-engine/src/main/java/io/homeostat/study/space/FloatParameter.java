package io.homeostat.study.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A real number in [low, high].
 *
 * <p>Example: {@code learning_rate: {float: [0.005, 0.3], log: true}}, {@code share: {float: [0.1, 1], step: 0.1}}.
 *
 * @param low smallest value, finite; above 0 if {@code log}
 * @param high largest value, finite, at least {@code low}
 * @param log whether factors rather than differences matter: values are drawn uniformly in ln(value)
 * @param step only low, low + step, low + 2·step, … up to high; above 0
 */
public record FloatParameter(double low, double high, boolean log, OptionalDouble step) implements Parameter {
    /** Share of a step by which a value may miss its grid point: decimal steps are not exact in binary. */
    private static final double GRID_TOLERANCE = 1e-6;

    public FloatParameter {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(high - low)) {
            throw new SpaceException("", "range [" + low + ", " + high + "] is not finite.");
        }
        if (low > high) {
            throw new SpaceException("", "low " + low + " is above high " + high + ". Maybe they are swapped.");
        }
        if (log && low <= 0) {
            throw new SpaceException("", "low " + low + " has no logarithm. Use a low above 0, or leave log out.");
        }
        if (step.isPresent() && !(step.getAsDouble() > 0 && Double.isFinite(step.getAsDouble()))) {
            throw new SpaceException("", "step " + step.getAsDouble() + " is not above 0.");
        }
        if (step.isPresent() && (high - low) / step.getAsDouble() > Scalar.LARGEST_WHOLE) {
            throw new SpaceException("", "step " + step.getAsDouble() + " is too fine for the range. Leave it out.");
        }
    }

    /** A linear range without step. */
    public static FloatParameter linear(double low, double high) {
        return new FloatParameter(low, high, false, OptionalDouble.empty());
    }

    /** A logarithmic range. */
    public static FloatParameter log(double low, double high) {
        return new FloatParameter(low, high, true, OptionalDouble.empty());
    }

    @Override
    public Object accept(Object value) {
        double number = Scalar.number(value, "");
        if (number < low || number > high) {
            throw new SpaceException("", number + " is out of range [" + low + ", " + high + "].");
        }
        if (step.isEmpty()) {
            return number;
        }
        double index = (number - low) / step.getAsDouble();
        if (Math.abs(index - Math.rint(index)) > GRID_TOLERANCE || Math.rint(index) >= points()) {
            throw new SpaceException("", number + " is not on the grid " + low + " + k * " + step.getAsDouble() + ".");
        }
        return atIndex((long) Math.rint(index));
    }

    @Override
    public double toUnit(Object value) {
        double number = ((Number) value).doubleValue();
        if (low == high) {
            return 0.5;
        }
        if (step.isPresent()) {
            return grid().toUnit(number);
        }
        return log
                ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (number - low) / (high - low);
    }

    @Override
    public Object fromUnit(double unit) {
        double u = Math.min(1, Math.max(0, unit));
        if (step.isPresent()) {
            return atIndex(grid().index(u));
        }
        double raw = log ? Math.exp(Math.log(low) + u * (Math.log(high) - Math.log(low))) : low + u * (high - low);
        return Math.min(high, Math.max(low, raw));
    }

    @Override
    public Stretch stretch(Object value) {
        if (low == high) {
            return new Stretch(0, 1);
        }
        double unit = toUnit(value);
        return step.isPresent() ? grid().stretch(((Number) value).doubleValue()) : new Stretch(unit, unit);
    }

    @Override
    public Object at(long index) {
        Objects.checkIndex(index, size().orElse(0));
        return step.isPresent() ? atIndex(index) : (Object) low;
    }

    @Override
    public OptionalLong size() {
        if (low == high) {
            return OptionalLong.of(1);
        }
        return step.isPresent() ? OptionalLong.of(points()) : OptionalLong.empty();
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("float", List.of(low, high));
        if (log) {
            map.put("log", true);
        }
        step.ifPresent(size -> map.put("step", size));
        return map;
    }

    private long points() {
        return (long) Math.floor((high - low) / step.orElseThrow() + GRID_TOLERANCE) + 1;
    }

    private Grid grid() {
        return new Grid(low, step.orElseThrow(), points(), log);
    }

    private Double atIndex(long index) {
        return Math.min(high, low + index * step.orElseThrow());
    }
}
