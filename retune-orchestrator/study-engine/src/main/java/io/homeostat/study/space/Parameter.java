package io.homeostat.study.space;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One thing that may be tuned: its values, and how they lie on the unit interval.
 *
 * <p>The mapping to the unit interval is the parameter's own scale: logarithmic where asked for, with equal shares for
 * the points of a stepped or categorical parameter, so that a uniform draw from [0, 1) is a uniform draw of values.
 * {@code fromUnit(toUnit(v))} is {@code v} (up to rounding for an unstepped float).
 */
public sealed interface Parameter
        permits FloatParameter,
                IntParameter,
                NormalParameter,
                CategoricalParameter,
                OrdinalParameter,
                ConstantParameter {

    /**
     * The value in its one form: Double for float and normal, Long for int, the listed choice itself for
     * categorical and ordinal.
     *
     * @throws SpaceException if the value has the wrong type or is out of range; its path is empty
     */
    Object accept(Object value);

    /** The value's place in [0, 1]. */
    double toUnit(Object value);

    /** The value at a place in [0, 1]; places outside are taken as the nearest end. */
    Object fromUnit(double unit);

    /** The stretch of the unit interval that is mapped to the value; a single place for an unstepped float. */
    Stretch stretch(Object value);

    /** How many values there are; empty if they cannot be counted. */
    OptionalLong size();

    /**
     * The value with this index, counted from 0.
     *
     * @throws IndexOutOfBoundsException if the values cannot be counted or are not so many
     */
    Object at(long index);

    /** The plain-map form that {@link Space#parse} reads. */
    Map<String, Object> toMap();

    /** The value in the middle of the scale; the first choice of a categorical parameter. */
    default Object middle() {
        return fromUnit(0.5);
    }
}
