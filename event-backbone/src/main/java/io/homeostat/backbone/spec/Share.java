package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.InvalidValueException;
import java.math.BigDecimal;

/**
 * A part of a whole, 0 to 1. Written {@code 5%} or {@code 0.05}.
 *
 * @param value the part, 0 to 1
 */
public record Share(double value) {
    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidValueException(
                    "", value * 100 + " % is outside 0 % to 100 %; write a part of the whole, such as 5%");
        }
    }

    /** Reads {@code "5%"}, {@code "0.05"} or the number .05. */
    @JsonCreator
    public static Share of(Object text) {
        String s = String.valueOf(text).strip();
        try {
            return s.endsWith("%")
                    ? new Share(new BigDecimal(s.substring(0, s.length() - 1).strip())
                            .movePointLeft(2)
                            .doubleValue())
                    : new Share(Double.parseDouble(s));
        } catch (NumberFormatException e) {
            throw new InvalidValueException("", "'" + s + "' is not a share; write 5% or 0.05");
        }
    }

    /** The share in percent, 0 to 100. */
    public double percent() {
        return BigDecimal.valueOf(value).movePointRight(2).doubleValue();
    }

    @JsonValue
    @Override
    public String toString() {
        return BigDecimal.valueOf(value).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
