package io.homeostat.gateway.protocol;

import static io.homeostat.gateway.protocol.RefusedException.badRequest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one input tensor; its fields may come in any order, so values are converted at the end. */
final class TensorReader {
    private final JsonParser in;
    private final int index;
    private @Nullable String name;
    private @Nullable String datatype;
    private long @Nullable [] shape;
    private @Nullable Object @Nullable [] data;
    private int count;

    TensorReader(JsonParser in, int index) {
        this.in = in;
        this.index = index;
    }

    Tensor read() throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw badRequest(
                    path(), "is not a tensor; write {\"name\": …, \"shape\": …, \"datatype\": …, \"data\": …}");
        }
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "name" -> name = Scalars.text(in, () -> path() + ".name");
                case "datatype" -> datatype = Scalars.text(in, () -> path() + ".datatype");
                case "shape" -> shape = shape();
                case "data" -> data = data();
                default -> in.skipChildren();
            }
        }
        return tensor();
    }

    private Tensor tensor() {
        if (name == null || name.isEmpty()) {
            throw badRequest(path() + ".name", "is missing; a tensor is named like its feature");
        }
        Datatype type = Datatype.of(this::path, datatype);
        if (data == null) {
            throw badRequest(path() + ".data", "is missing");
        }
        checkShape();
        @Nullable Object[] values = data.length == count ? data : Arrays.copyOf(data, count);
        for (int i = 0; i < count; i++) {
            values[i] = type.convert(this::path, i, values[i]);
        }
        return new Tensor(name, type, index, values);
    }

    private void checkShape() {
        if (shape == null) {
            throw badRequest(path() + ".shape", "is missing; write [" + count + "]");
        }
        boolean column = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
        if (!column || shape[0] < 1 || shape[0] > RequestReader.MOST_ROWS) {
            throw badRequest(
                    path() + ".shape",
                    Arrays.toString(shape) + " is not [n] or [n, 1] with n from 1 to " + RequestReader.MOST_ROWS
                            + "; send one tensor per feature");
        }
        if (shape[0] != count) {
            throw badRequest(
                    path() + ".shape", Arrays.toString(shape) + " does not fit the " + count + " values of data");
        }
    }

    private long[] shape() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw badRequest(path() + ".shape", "is not a list of whole numbers like [1]");
        }
        long[] sizes = new long[4];
        int dimensions = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || dimensions == sizes.length) {
                throw badRequest(path() + ".shape", "is not a list of one or two whole numbers like [1]");
            }
            sizes[dimensions++] = in.getLongValue();
        }
        return Arrays.copyOf(sizes, dimensions);
    }

    private @Nullable Object[] data() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw badRequest(path() + ".data", "is not a list");
        }
        count = 0;
        @Nullable Object[] values = new Object[1];
        // the protocol lets data be flat or nested like its shape
        for (int depth = 1; depth > 0; ) {
            JsonToken token = in.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
                if (depth > 2) {
                    throw badRequest(path() + ".data", "is nested deeper than its shape can be");
                }
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else {
                values = count < values.length ? values : grown(values);
                values[count] = Scalars.any(in, () -> path() + ".data[" + count + "]");
                count++;
            }
        }
        return values;
    }

    private @Nullable Object[] grown(@Nullable Object[] values) {
        if (count >= RequestReader.MOST_ROWS) {
            throw badRequest(path() + ".data", "has more than " + RequestReader.MOST_ROWS + " values; send less rows");
        }
        return Arrays.copyOf(values, Math.min(RequestReader.MOST_ROWS, Math.max(16, values.length * 2)));
    }

    private String path() {
        return name == null ? "inputs[" + index + "]" : Tensor.path(index, name);
    }
}
