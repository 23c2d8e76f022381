package io.homeostat.gateway.protocol;

import static io.homeostat.gateway.protocol.RefusedException.badRequest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.homeostat.backbone.serde.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Single values of a request. */
final class Scalars {
    private Scalars() {}

    /** Whatever stands here: a double, a long or whole number beyond, a text, a truth value or null. */
    static @Nullable Object any(JsonParser in, Supplier<String> path) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) in.getBigIntegerValue()
                        : (Object) in.getLongValue();
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw badRequest(path.get(), "is an object; write a number, a text, true, false or null");
        };
    }

    /** A text. */
    static String text(JsonParser in, String path) throws IOException {
        return text(in, () -> path);
    }

    /** A text; its path is put together only where it is none. */
    static String text(JsonParser in, Supplier<String> path) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw badRequest(path.get(), "is not a text");
        }
        return in.getText();
    }

    /** An id: a text with something in it, of at most {@value Check#LONGEST_ID} characters. */
    static String id(JsonParser in, String path) throws IOException {
        return id(in, path, Check.LONGEST_ID);
    }

    /** An id of at most so many characters. */
    static String id(JsonParser in, String path, int most) throws IOException {
        String id = text(in, path);
        if (id.isBlank()) {
            throw badRequest(path, "is empty; leave it out or give it a text");
        }
        if (id.length() > most) {
            throw badRequest(path, "has " + id.length() + " characters; at most " + most + " are taken");
        }
        return id;
    }

    /** A list of ids, one per row. */
    static List<String> ids(JsonParser in, String path) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw badRequest(path, "is not a list of texts, one per row");
        }
        List<String> ids = new ArrayList<>(1);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (ids.size() == RequestReader.MOST_ROWS) {
                throw badRequest(path, "has more than " + RequestReader.MOST_ROWS + " entries");
            }
            ids.add(id(in, path + "[" + ids.size() + "]"));
        }
        return ids;
    }
}
