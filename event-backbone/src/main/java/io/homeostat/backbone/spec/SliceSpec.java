package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A feature whose values get their own performance series. A text alone is the feature's name.
 *
 * @param column the feature
 * @param cuts of a number: rising, each the upper end of a range; default the ranges between the reference's quantiles
 * @param values the most values with a series of their own, 1 to 50; default 10. The rest share the series {@code other};
 *     of a number without cuts it is the most ranges
 */
public record SliceSpec(String column, List<Double> cuts, int values) {
    static final int DEFAULT_VALUES = 10;
    static final int MOST_VALUES = 50;

    public SliceSpec {
        Check.text("column", column);
        cuts = List.copyOf(cuts);
        Check.range("values", values, 1, MOST_VALUES);
        Check.that(cuts.size() < MOST_VALUES, "cuts", cuts.size() + " are above " + (MOST_VALUES - 1) + "; name fewer");
        for (int i = 0; i < cuts.size(); i++) {
            Check.finite("cuts[" + i + "]", cuts.get(i));
            Check.that(
                    i == 0 || cuts.get(i) > cuts.get(i - 1),
                    "cuts[" + i + "]",
                    cuts.get(i) + " is not above the cut before it; cuts must rise");
        }
    }

    /** A column with the defaults. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SliceSpec of(String column) {
        return new SliceSpec(column, List.of(), DEFAULT_VALUES);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static SliceSpec read(@Nullable String column, @Nullable List<Double> cuts, @Nullable Integer values) {
        Check.that(
                cuts == null || values == null,
                "values",
                "the cuts say how many ranges there are; leave one of the two out");
        if (cuts != null) {
            Check.notEmpty("cuts", cuts);
        }
        return new SliceSpec(
                Check.present("column", column),
                cuts == null ? List.of() : cuts,
                values == null ? (cuts == null ? DEFAULT_VALUES : Math.min(MOST_VALUES, cuts.size() + 1)) : values);
    }

    /** How many series it can have: its values, {@code other} and {@code missing}. */
    int series() {
        return values + 2;
    }

    void check(String path, Map<String, FeatureKind> features) {
        FeatureKind kind = features.get(column);
        if (kind == null) {
            throw new InvalidValueException(
                    path, "'" + column + "' is not a feature" + Check.advice(column, features.keySet()));
        }
        Check.that(
                cuts.isEmpty() || kind == FeatureKind.NUMERIC,
                path + ".cuts",
                "'" + column + "' is categorical; only numbers are cut. Say how many values at most instead");
    }

    @JsonValue
    Object written() {
        if (cuts.isEmpty() && values == DEFAULT_VALUES) {
            return column;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("column", column);
        if (cuts.isEmpty()) {
            fields.put("values", values);
        } else {
            fields.put("cuts", cuts);
        }
        return fields;
    }
}
