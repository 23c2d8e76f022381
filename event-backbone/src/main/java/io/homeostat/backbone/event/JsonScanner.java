package io.homeostat.backbone.event;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is as most is: objects of plain texts, numbers, true, false and null. A text with an escape, a broken
 * character, an array or anything that is no JSON at all is {@link UnusualJsonException unusual}. What is expected to say the
 * same in every record (a field's name, a version) is compared with the last one's bytes, and its text used again.
 *
 * <p>A number of up to 15 digits is a whole number divided by a power of ten: the nearest double, as both are exact
 * (Clinger: How to read floating point numbers accurately, 1990).
 */
final class JsonScanner {
    private static final int MOST_DIGITS = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private byte[] json = new byte[0];
    private int at;
    private int from;
    private int to;
    private boolean ascii;

    /** A text seen at some place, to be used again. */
    static final class Memo {
        private byte[] bytes = new byte[0];
        private String text = "";
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
     * Goes on to the next field's value; false at the object's end.
     *
     * @param first whether it would be the object's first
     */
    boolean nextField(boolean first) throws UnusualJsonException {
        int b = skipSpace();
        if (b == '}') {
            at++;
            return false;
        }
        if (!first) {
            UnusualJsonException.unless(b == ',');
            at++;
            b = skipSpace();
        }
        scanText(b);
        UnusualJsonException.unless(ascii && skipSpace() == ':');
        at++;
        skipSpace();
        return true;
    }

    /** Whether the field at hand has this name. */
    boolean isNamed(byte[] name) {
        int length = to - from;
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) { // names are short
            if (json[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** The name of the field at hand, or what a text just scanned says. */
    String scanned(Memo memo) {
        if (!isNamed(memo.bytes)) {
            memo.bytes = Arrays.copyOfRange(json, from, to);
            memo.text = new String(memo.bytes, StandardCharsets.UTF_8);
        }
        return memo.text;
    }

    private void scanText(int first) throws UnusualJsonException {
        UnusualJsonException.unless(first == '"');
        byte[] bytes = json;
        int start = at + 1;
        int i = start;
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

    /** A text. */
    String text() throws UnusualJsonException {
        scanText(here());
        if (ascii) {
            return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
        }
        String text = new String(json, from, to - from, StandardCharsets.UTF_8);
        UnusualJsonException.unless(text.indexOf('\uFFFD') < 0);
        return text;
    }

    /** A text that is likely the same as the last one there. */
    String text(Memo memo) throws UnusualJsonException {
        scanText(here());
        UnusualJsonException.unless(ascii);
        return scanned(memo);
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

    /** A number, a text, 1 for true, 0 for false, or null. */
    @Nullable
    Object scalar() throws UnusualJsonException {
        int b = here();
        if (b == '"') {
            return text();
        } else if (b == 't') {
            literal("true");
            return 1.0;
        } else if (b == 'f') {
            literal("false");
            return 0.0;
        } else if (b == 'n') {
            literal("null");
            return null;
        }
        return number();
    }

    /** A finite number. */
    double number() throws UnusualJsonException {
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
        double value = number();
        for (int i = start; i < at; i++) {
            UnusualJsonException.unless(json[i] == '-' || (json[i] >= '0' && json[i] <= '9'));
        }
        UnusualJsonException.unless(Math.abs(value) < 1e9);
        return (int) value;
    }

    /** A time like {@code 2026-01-31T12:00:00.123Z}, with up to nine digits of a second or none. */
    Instant time() throws UnusualJsonException {
        scanText(here());
        int length = to - from;
        UnusualJsonException.unless(length >= 20 && length <= 30 && json[to - 1] == 'Z');
        UnusualJsonException.unless(json[from + 4] == '-' && json[from + 7] == '-' && json[from + 10] == 'T');
        UnusualJsonException.unless(json[from + 13] == ':' && json[from + 16] == ':');
        int hour = digitsAt(11, 2);
        int minute = digitsAt(14, 2);
        int second = digitsAt(17, 2);
        UnusualJsonException.unless(hour < 24 && minute < 60 && second < 60);
        long day = LocalDate.of(digitsAt(0, 4), digitsAt(5, 2), digitsAt(8, 2)).toEpochDay();
        return Instant.ofEpochSecond(day * 86_400 + hour * 3_600 + minute * 60 + second, nanos(length - 21));
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
