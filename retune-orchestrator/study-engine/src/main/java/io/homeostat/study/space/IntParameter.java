package io.homeostat.study.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A whole number in [low, high].
 *
 * <p>On the unit interval each value v owns the stretch from v − step/2 to v + step/2, in ln(v) if {@code log}.
 * Example: {@code num_leaves: {int: [4, 256], log: true}}, {@code units: {int: [32, 1024], log: true, step: 32}}.
 *
 * @param low smallest value; at least 1 if {@code log}; within ±2^53
 * @param high largest value, at least {@code low}; within ±2^53
 * @param log whether factors rather than differences matter
 * @param step only low, low + step, …; at least 1
 */
public record IntParameter(long low, long high, boolean log, long step) implements Parameter {

    public IntParameter {
        if (low > high) {
            throw new SpaceException("", "low " + low + " is above high " + high + ". Maybe they are swapped.");
        }
        if (Math.min(low, -high) < -Scalar.LARGEST_WHOLE) {
            throw new SpaceException("", "range [" + low + ", " + high + "] goes beyond 2^53. Use float.");
        }
        if (log && low <= 0) {
            throw new SpaceException("", "low " + low + " has no logarithm. Use a low of 1 or more, or leave log out.");
        }
        if (step < 1 || step > Scalar.LARGEST_WHOLE) {
            throw new SpaceException("", "step " + step + " is not in [1, 2^53].");
        }
    }

    /** Every whole number of the range. */
    public static IntParameter linear(long low, long high) {
        return new IntParameter(low, high, false, 1);
    }

    /** Every whole number of the range, small ones as close as large ones are far. */
    public static IntParameter log(long low, long high) {
        return new IntParameter(low, high, true, 1);
    }

    @Override
    public Object accept(Object value) {
        long number = Scalar.whole(value, "");
        if (number < low || number > high) {
            throw new SpaceException("", number + " is out of range [" + low + ", " + high + "].");
        }
        if ((number - low) % step != 0) {
            throw new SpaceException("", number + " is not on the grid " + low + " + k * " + step + ".");
        }
        return number;
    }

    @Override
    public double toUnit(Object value) {
        return grid().toUnit(((Number) value).doubleValue());
    }

    @Override
    public Object fromUnit(double unit) {
        return low + grid().index(unit) * step;
    }

    @Override
    public Stretch stretch(Object value) {
        return grid().stretch(((Number) value).doubleValue());
    }

    @Override
    public Object at(long index) {
        return low + Objects.checkIndex(index, points()) * step;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(points());
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("int", List.of(low, high));
        if (log) {
            map.put("log", true);
        }
        if (step != 1) {
            map.put("step", step);
        }
        return map;
    }

    private long points() {
        return (high - low) / step + 1;
    }

    private Grid grid() {
        return new Grid(low, step, points(), log);
    }
}
