package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Times as people write them: ISO 8601 with a zone ({@code 2026-01-31T12:00:00Z}, {@code …+01:00}), or a number since 1970,
 * also as text. A number's unit follows from its size: below 1e11 seconds, below 1e14 milliseconds, below 1e17
 * microseconds, else nanoseconds. Between 1973 and 5138 each instant has one reading only, so a mistaken one would lie
 * thousands of years off and be refused, never be wrong by a little.
 */
final class Times {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private Times() {}

    /** Reads a text or a number; empty if it is no time. */
    static Optional<Instant> read(JsonNode value) {
        if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
            return Optional.empty();
        }
        String text = value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
        try {
            return NUMBER.matcher(text).matches()
                    ? Optional.of(number(new BigDecimal(text)))
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Instant number(BigDecimal number) {
        int digits = number.abs().toBigInteger().toString().length();
        int perSecond = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
        BigDecimal[] parts =
                number.movePointLeft(perSecond).multiply(NANOS_PER_SECOND).divideAndRemainder(NANOS_PER_SECOND);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
    }
}
