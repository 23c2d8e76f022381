package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;

/**
 * One value of a sliced feature.
 *
 * @param column the feature
 * @param value its value, or a range like {@code 20000 to 50000}; {@code other} for all without a series of their own,
 *     {@code missing} where there was none
 */
public record SliceRef(String column, String value) {
    public SliceRef {
        Check.text("column", column);
        Check.present("value", value);
    }

    /** As signals name it: {@code country=de}. */
    @Override
    public String toString() {
        return column + "=" + value;
    }
}
