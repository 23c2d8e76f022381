package io.homeostat.study.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.special.Erf;

/**
 * A real number without sharp borders, for which values near the mean are likelier to be good.
 *
 * <p>Its place on the unit interval is the normal distribution function, so that an even draw of places is a normal draw
 * of values. Values further than {@value #REACH} deviations from the mean are not in the space: an even draw meets one in
 * 500 million times. Example: {@code shift: {normal: [0, 2]}}, {@code penalty: {lognormal: [-3, 1]}}, {@code width:
 * {lognormal: [4, 1], step: 8}}.
 *
 * @param mean the mean; of ln(value) if {@code log}
 * @param deviation the standard deviation, above 0; of ln(value) if {@code log}
 * @param log whether ln(value) rather than the value is normal
 * @param step only multiples of it, above 0; each has the probability of what is rounded to it
 */
public record NormalParameter(double mean, double deviation, boolean log, OptionalDouble step) implements Parameter {
    /** Deviations from the mean to the borders of the space. */
    public static final double REACH = 6;

    private static final double BELOW = Erf.erfc(REACH / Math.sqrt(2)) / 2;
    private static final double GRID_TOLERANCE = 1e-6;

    public NormalParameter {
        if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
            throw new SpaceException(
                    "",
                    "mean " + mean + " with deviation " + deviation + " is no normal distribution."
                            + " Write [mean, deviation], the deviation above 0.");
        }
        double top = mean + REACH * deviation;
        if (!Double.isFinite(log ? Math.exp(top) : top) || (log && Math.exp(mean - REACH * deviation) == 0)) {
            throw new SpaceException(
                    "",
                    "its values are too large or too small for a number."
                            + (log ? " The mean and deviation are those of ln(value)." : ""));
        }
        if (step.isPresent() && !(step.getAsDouble() > 0 && Double.isFinite(step.getAsDouble()))) {
            throw new SpaceException("", "step " + step.getAsDouble() + " is not above 0.");
        }
        double widest = log ? Math.exp(top) : Math.max(Math.abs(top), Math.abs(mean - REACH * deviation));
        if (step.isPresent() && widest / step.getAsDouble() > Scalar.LARGEST_WHOLE) {
            throw new SpaceException("", "step " + step.getAsDouble() + " is too fine for the range. Leave it out.");
        }
    }

    /** A normal distribution without step. */
    public static NormalParameter of(double mean, double deviation) {
        return new NormalParameter(mean, deviation, false, OptionalDouble.empty());
    }

    /** A log-normal distribution without step: ln(value) has this mean and deviation. */
    public static NormalParameter log(double mean, double deviation) {
        return new NormalParameter(mean, deviation, true, OptionalDouble.empty());
    }

    @Override
    public Object accept(Object value) {
        double number = Scalar.number(value, "");
        if (step.isPresent()) {
            double index = number / step.getAsDouble();
            if (Math.abs(index - Math.rint(index)) > GRID_TOLERANCE) {
                throw new SpaceException("", number + " is not a multiple of " + step.getAsDouble() + ".");
            }
            number = multiple((long) Math.rint(index));
        }
        double low = step.isPresent() ? multiple(first()) : border(-REACH);
        double high = step.isPresent() ? multiple(last()) : border(REACH);
        if (number < low || number > high) {
            throw new SpaceException("", number + " is out of reach [" + low + ", " + high + "]. Maybe use float.");
        }
        return number;
    }

    @Override
    public double toUnit(Object value) {
        double number = ((Number) value).doubleValue();
        return step.isPresent() ? stretch(value).middle() : place(number);
    }

    @Override
    public Object fromUnit(double unit) {
        double u = Math.min(1, Math.max(0, unit));
        double p = BELOW + u * (1 - 2 * BELOW);
        double z = Math.min(REACH, Math.max(-REACH, Math.sqrt(2) * Erf.erfInv(2 * p - 1)));
        double number = border(z);
        if (step.isEmpty()) {
            return number;
        }
        return multiple(Math.min(last(), Math.max(first(), Math.round(number / step.getAsDouble()))));
    }

    @Override
    public Stretch stretch(Object value) {
        double number = ((Number) value).doubleValue();
        if (step.isEmpty()) {
            return new Stretch(place(number), place(number));
        }
        long index = Math.round(number / step.getAsDouble());
        double from = index <= first() ? 0 : place((index - 0.5) * step.getAsDouble());
        double to = index >= last() ? 1 : place((index + 0.5) * step.getAsDouble());
        return new Stretch(from, to);
    }

    @Override
    public Object at(long index) {
        return multiple(first() + Objects.checkIndex(index, size().orElse(0)));
    }

    @Override
    public OptionalLong size() {
        return step.isPresent() ? OptionalLong.of(last() - first() + 1) : OptionalLong.empty();
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(log ? "lognormal" : "normal", List.of(mean, deviation));
        step.ifPresent(size -> map.put("step", size));
        return map;
    }

    private double place(double number) {
        if (log && number <= 0) {
            return 0;
        }
        double z = ((log ? Math.log(number) : number) - mean) / deviation;
        double p = Erf.erfc(-z / Math.sqrt(2)) / 2;
        return Math.min(1, Math.max(0, (p - BELOW) / (1 - 2 * BELOW)));
    }

    private double border(double z) {
        double place = mean + z * deviation;
        return log ? Math.exp(place) : place;
    }

    private long first() {
        return Math.round(border(-REACH) / step.orElseThrow());
    }

    private long last() {
        return Math.round(border(REACH) / step.orElseThrow());
    }

    private Double multiple(long index) {
        return index * step.orElseThrow();
    }
}
