package io.homeostat.backbone.event;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads JSON that is as most is: objects of plain texts, numbers, true, false and null. A text with an escape, a broken
 * character, an array or anything that is no JSON at all is {@link UnusualJsonException unusual}. What is expected to say the
 * same in every record (a field's name, a version, the minute) is compared with the last one's bytes, and what it said used
 * again.
 *
 * <p>A number of up to 15 digits is a whole number divided by a power of ten: the nearest double, as both are exact
 * (Clinger: How to read floating point numbers accurately, 1990). Texts and digits are looked at eight bytes at a time, as
 * one long (Lemire, Langdale: Parsing gigabytes of JSON per second, 2019).
 */
final class JsonScanner {
    private static final int MOST_DIGITS = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final long[] WHOLE_POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final String[] CHARACTERS =
            IntStream.range(0, 128).mapToObj(Character::toString).toArray(String[]::new);
    private static final int MINUTE_CHARACTERS = 17; // 2026-01-31T12:00:

    private byte[] json = new byte[0];
    private int at;
    private int from;
    private int to;
    private boolean ascii;
    private JsonToken minute = JsonToken.quoted("");
    private long minuteSeconds;

    /** A text seen at some place and what it means, to be used again. */
    static final class Memo<T> {
        private final Function<String, T> meaning;
        private JsonToken token = JsonToken.quoted("");
        private T says;
        private String lastOther = "";

        Memo(Function<String, T> meaning) {
            this.meaning = meaning;
            this.says = meaning.apply("");
        }

        /** What another text means; remembered once it has come twice in a row. */
        private T other(String text, Function<String, JsonToken> written) {
            if (text.equals(token.text())) {
                return says; // a name written with spaces
            }
            T other = meaning.apply(text);
            if (text.equals(lastOther)) {
                token = written.apply(text);
                says = other;
            }
            lastOther = text;
            return other;
        }
    }

    void start(byte[] bytes) {
        json = bytes;
        at = 0;
    }

    private int here() {
        return at < json.length ? json[at] : 0;
    }

    private int skipSpace() {
        int b = here();
        if (b > ' ') {
            return b;
        }
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            at++;
            b = here();
        }
        return b;
    }

    /** Enters an object. */
    void open() throws UnusualJsonException {
        UnusualJsonException.unless(skipSpace() == '{');
        at++;
    }

    /**
     * Goes on to the next field's name; false at the object's end.
     *
     * @param first whether it would be the object's first
     */
    boolean hasField(boolean first) throws UnusualJsonException {
        int b = skipSpace();
        if (b == '}') {
            at++;
            return false;
        }
        if (!first) {
            UnusualJsonException.unless(b == ',');
            at++;
            skipSpace();
        }
        return true;
    }

    private boolean skipName(JsonToken name) {
        if (!name.standsIn(json, at)) {
            return false;
        }
        at += name.length();
        skipSpace();
        return true;
    }

    /** Goes on to the field's value if that is the field's name. */
    boolean skipName(JsonNames names, int name) {
        int length = names.lengthIfIn(json, at, name);
        if (length == 0) {
            return false;
        }
        at += length;
        skipSpace();
        return true;
    }

    /** The field's name, likely the same as the last one there; goes on to its value. */
    <T> T name(Memo<T> memo) throws UnusualJsonException {
        return skipName(memo.token) ? memo.says : memo.other(newName(), JsonToken::name);
    }

    /** The field's name; goes on to its value. */
    String newName() throws UnusualJsonException {
        scanText(here());
        UnusualJsonException.unless(ascii && skipSpace() == ':');
        at++;
        skipSpace();
        return scanned();
    }

    private String scanned() {
        if (to - from == 1 && json[from] >= 0) {
            return CHARACTERS[json[from]]; // most classes are 0 or 1
        }
        return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private void scanText(int first) throws UnusualJsonException {
        UnusualJsonException.unless(first == '"');
        byte[] bytes = json;
        int start = at + 1;
        int i = start;
        long special = 0;
        while (special == 0 && i + 8 <= bytes.length) {
            special = special(JsonToken.eightAt(bytes, i));
            i += Long.numberOfTrailingZeros(special) >>> 3; // 8 if there is none
        }
        int all = 0;
        while (i < bytes.length && bytes[i] != '"') {
            int b = bytes[i++];
            // control characters must be escaped; what is not ASCII is negative
            UnusualJsonException.unless(b != '\\' && (b < 0 || b >= ' '));
            all |= b;
        }
        UnusualJsonException.unless(i < bytes.length);
        from = start;
        to = i;
        ascii = all >= 0;
        at = i + 1;
    }

    /* The high bit of the first byte that is a quote, a backslash, a control character or not ASCII; bits above mean nothing. */
    private static long special(long eight) {
        long quote = eight ^ (ONES * '"');
        long backslash = eight ^ (ONES * '\\');
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | (eight - ONES * ' ') | eight) & HIGHS;
    }

    /** A text. */
    String text() throws UnusualJsonException {
        scanText(here());
        if (ascii) {
            return scanned();
        }
        String text = new String(json, from, to - from, StandardCharsets.UTF_8);
        UnusualJsonException.unless(text.indexOf('\uFFFD') < 0);
        return text;
    }

    /** A text that is likely the same as the last one there. */
    <T> T text(Memo<T> memo) throws UnusualJsonException {
        if (memo.token.standsIn(json, at)) {
            at += memo.token.length();
            return memo.says;
        }
        scanText(here());
        UnusualJsonException.unless(ascii);
        return memo.other(scanned(), JsonToken::quoted);
    }

    /** Whether the value is null; then it is behind us. */
    boolean isNull() throws UnusualJsonException {
        return here() == 'n' && literal("null");
    }

    private boolean literal(String word) throws UnusualJsonException {
        for (int i = 0; i < word.length(); i++, at++) {
            UnusualJsonException.unless(here() == word.charAt(i));
        }
        return true;
    }

    /** Whether the value is a text. */
    boolean isText() {
        return here() == '"';
    }

    /** A number, 1 for true, 0 for false, or NaN for null. */
    double numberOrNull() throws UnusualJsonException {
        int b = here();
        if (b <= '9') {
            return number();
        } else if (b == 't') {
            literal("true");
            return 1.0;
        } else if (b == 'f') {
            literal("false");
            return 0.0;
        }
        literal("null");
        return Double.NaN;
    }

    /** Passes over a number, a text, true, false or null. */
    void skipScalar() throws UnusualJsonException {
        if (isText()) {
            text();
        } else {
            numberOrNull();
        }
    }

    /** A finite number. */
    double number() throws UnusualJsonException {
        byte[] bytes = json;
        int start = at;
        if (start + 18 >= bytes.length) {
            return anyNumber();
        }
        int sign = bytes[start] == '-' ? 1 : 0;
        int first = start + sign;
        long whole = bytes[first] - '0';
        int point = first + 1; // guessed before it is counted: most numbers are below ten
        if (bytes[point] != '.') {
            long eight = JsonToken.eightAt(bytes, first) ^ (ONES * '0');
            int digits = digits(eight);
            point = first + digits;
            if (digits < 2 || digits == 8 || whole == 0 || bytes[point] != '.') {
                return anyNumber();
            }
            whole = value(eight, digits);
        } else if (whole < 0 || whole > 9) {
            return anyNumber();
        }
        long fraction = JsonToken.eightAt(bytes, point + 1) ^ (ONES * '0');
        int digits = digits(fraction);
        int end = point + 1 + digits;
        if (digits == 0 || digits == 8 || (bytes[end] | ' ') == 'e') {
            return anyNumber();
        }
        at = end;
        double value = (whole * WHOLE_POWERS[digits] + value(fraction, digits)) / POWERS[digits];
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) | (long) sign << 63);
    }

    /* How many of eight bytes, less '0' each, are digits before the first that is none. */
    private static int digits(long eight) {
        return Long.numberOfTrailingZeros((((eight & ~HIGHS) + ONES * 0x76) | eight) & HIGHS) >>> 3;
    }

    /* The number that the first so many digits are, by pairs, then fours, then eight. */
    private static long value(long eight, int digits) {
        long padded = eight << (64 - 8 * digits); // zeros before it, and nothing behind
        long pairs = padded * 10 + (padded >>> 8);
        long fours = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
        return (fours + ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L) >>> 32;
    }

    private double anyNumber() throws UnusualJsonException {
        byte[] bytes = json;
        int i = at;
        boolean negative = i < bytes.length && bytes[i] == '-';
        int whole = negative ? i + 1 : i;
        long digits = 0;
        int point = -1;
        for (i = whole; i < bytes.length; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        int wholeDigits = (point < 0 ? i : point) - whole;
        int fraction = point < 0 ? 0 : i - point - 1;
        UnusualJsonException.unless(wholeDigits > 0 && (wholeDigits == 1 || bytes[whole] != '0'));
        UnusualJsonException.unless(point < 0 || fraction > 0);
        int start = at;
        at = i;
        if (i - whole > MOST_DIGITS || (here() | ' ') == 'e') {
            return longNumber(start);
        }
        double value = digits / POWERS[fraction];
        return negative && (digits != 0 || fraction > 0) ? -value : value; // -0 is a whole number, and 0
    }

    private double longNumber(int start) throws UnusualJsonException {
        if ((here() | ' ') == 'e') {
            at++;
            at += here() == '-' || here() == '+' ? 1 : 0;
            int exponent = at;
            while (here() >= '0' && here() <= '9') {
                at++;
            }
            UnusualJsonException.unless(at > exponent);
        }
        double value = NumberInput.parseDouble(new String(json, start, at - start, StandardCharsets.ISO_8859_1), true);
        UnusualJsonException.unless(Double.isFinite(value));
        return value;
    }

    /** A whole number of at most nine digits. */
    int whole() throws UnusualJsonException {
        int start = at;
        int sign = here() == '-' ? 1 : 0;
        int i = start + sign;
        int value = 0;
        for (; i < json.length && json[i] >= '0' && json[i] <= '9'; i++) {
            UnusualJsonException.unless(i - start - sign < 9);
            value = value * 10 + json[i] - '0';
        }
        int digits = i - start - sign;
        at = i;
        UnusualJsonException.unless(digits == 1 || (digits > 1 && json[start + sign] != '0'));
        UnusualJsonException.unless(here() != '.' && (here() | ' ') != 'e');
        return sign == 0 ? value : -value;
    }

    /** A time like {@code 2026-01-31T12:00:00.123Z}, with up to nine digits of a second or none. */
    Instant time() throws UnusualJsonException {
        scanText(here());
        int length = to - from;
        UnusualJsonException.unless(length >= 20 && length <= 30 && json[to - 1] == 'Z');
        if (!minute.standsIn(json, from)) {
            minuteSeconds = minuteSeconds();
            String written = new String(json, from, MINUTE_CHARACTERS, StandardCharsets.ISO_8859_1);
            minute = JsonToken.of(written, written);
        }
        int second = digitsAt(17, 2);
        UnusualJsonException.unless(second < 60);
        return Instant.ofEpochSecond(minuteSeconds + second, nanos(length - 21));
    }

    private long minuteSeconds() throws UnusualJsonException {
        UnusualJsonException.unless(json[from + 4] == '-' && json[from + 7] == '-' && json[from + 10] == 'T');
        UnusualJsonException.unless(json[from + 13] == ':' && json[from + 16] == ':');
        int hour = digitsAt(11, 2);
        int minutes = digitsAt(14, 2);
        UnusualJsonException.unless(hour < 24 && minutes < 60);
        long day = LocalDate.of(digitsAt(0, 4), digitsAt(5, 2), digitsAt(8, 2)).toEpochDay();
        return day * 86_400 + hour * 3_600 + minutes * 60;
    }

    private int nanos(int many) throws UnusualJsonException {
        if (many < 0) {
            return 0;
        }
        UnusualJsonException.unless(many > 0 && json[from + 19] == '.');
        return digitsAt(20, many) * (int) POWERS[9 - many];
    }

    private int digitsAt(int place, int many) throws UnusualJsonException {
        int value = 0;
        for (int i = from + place; i < from + place + many; i++) {
            int digit = json[i] - '0';
            UnusualJsonException.unless(digit >= 0 && digit <= 9);
            value = value * 10 + digit;
        }
        return value;
    }
}
