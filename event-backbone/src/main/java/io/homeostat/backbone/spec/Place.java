package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.InvalidValueException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a value stands in a Kafka record. Written {@code /request/id} (a JSON pointer, RFC 6901, into the value),
 * {@code key}, {@code header:x-request-id}, {@code timestamp} (the record's) or {@code constant:v7} (the same for every
 * record).
 *
 * @param kind which of these
 * @param name the pointer, the header's name or the constant; empty for the others
 */
public record Place(Kind kind, String name) implements Comparable<Place> {
    private static final Pattern POINTER = Pattern.compile("(/([^~]|~[01])*)+");

    /** The kinds of places. */
    public enum Kind {
        POINTER("/pointer/to/it"),
        KEY("key"),
        HEADER("header:NAME"),
        TIMESTAMP("timestamp"),
        CONSTANT("constant:TEXT");

        private final String form;

        Kind(String form) {
            this.form = form;
        }
    }

    /** Reads the written form. Errors name the forms that are understood. */
    @JsonCreator
    public static Place of(String text) {
        String[] parts = text.split(":", 2);
        boolean named = parts.length == 2 && !parts[1].isBlank();
        if (text.startsWith("/")) {
            return pointer(text);
        } else if (named && parts[0].equals("header")) {
            return new Place(Kind.HEADER, parts[1]);
        } else if (named && parts[0].equals("constant")) {
            return new Place(Kind.CONSTANT, parts[1]);
        } else if (text.equals("key") || text.equals("timestamp")) {
            return new Place(Kind.valueOf(text.toUpperCase(Locale.ROOT)), "");
        }
        throw new InvalidValueException(
                "", "'" + text + "' is no place in a record; a JSON pointer begins with '/', like /" + text);
    }

    private static Place pointer(String text) {
        if (!POINTER.matcher(text).matches()) {
            throw new InvalidValueException(
                    "", "'" + text + "' is not a JSON pointer; in a name write ~0 for '~' and ~1 for '/'");
        }
        return new Place(Kind.POINTER, text);
    }

    /** The place of a member of the object that stands here. */
    Place member(String member) {
        return new Place(Kind.POINTER, name + "/" + member.replace("~", "~0").replace("/", "~1"));
    }

    /** The same place, if it is of an allowed kind. */
    Place oneOf(String path, Set<Kind> allowed) {
        if (!allowed.contains(kind)) {
            String forms = allowed.stream().sorted().map(k -> k.form).collect(Collectors.joining(" or "));
            throw new InvalidValueException(path, "'" + this + "' cannot be used here; write " + forms);
        }
        return this;
    }

    @Override
    public int compareTo(Place other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return switch (kind) {
            case POINTER -> name;
            case HEADER -> "header:" + name;
            case CONSTANT -> "constant:" + name;
            case KEY -> "key";
            case TIMESTAMP -> "timestamp";
        };
    }
}
