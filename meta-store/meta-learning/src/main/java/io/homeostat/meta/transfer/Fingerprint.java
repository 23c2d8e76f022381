package io.homeostat.meta.transfer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A text that two configurations share exactly if trying both would be trying the same twice. */
final class Fingerprint {
    // numbers that went through text or a logarithm differ in the last digits
    private static final MathContext DIGITS = new MathContext(9);

    private Fingerprint() {}

    static String of(SortedMap<String, Object> parameters) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> entry : parameters.entrySet()) {
            text.append(entry.getKey().length()).append(':').append(entry.getKey());
            String value = value(entry.getValue());
            text.append(value.length()).append(':').append(value);
        }
        return text.toString();
    }

    /** A finite number, a text or a boolean. */
    static boolean isScalar(@Nullable Object value) {
        return value instanceof Number number
                ? Double.isFinite(number.doubleValue())
                : value instanceof String || value instanceof Boolean;
    }

    private static String value(Object value) {
        if (!(value instanceof Number number)) {
            return value.getClass().getSimpleName() + value;
        }
        // whole numbers are compared exactly: two long seeds are not one
        BigDecimal decimal = number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue()).round(DIGITS)
                : new BigDecimal(number.toString());
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString();
    }
}
