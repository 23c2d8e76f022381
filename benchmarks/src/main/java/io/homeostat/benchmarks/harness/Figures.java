package io.homeostat.benchmarks.harness;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A benchmark's figures by name, in order; printed as one flat JSON object. */
public final class Figures {
    private static final MathContext DIGITS = new MathContext(5);

    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Adds a figure; a second one of the same name is an error. NaN (not measured) is printed as null. */
    public Figures add(String name, double value) {
        if (values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("figure " + name + " is given twice");
        }
        return this;
    }

    /** The figures in one line. */
    public String json() {
        return values.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": " + number(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
