package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import java.util.ArrayList;
import java.util.List;

/** Batches of the inference protocols, row by row. */
final class Tensors {
    private Tensors() {}

    /**
     * The rows of a payload: in protocol V1 the members of a list, in the Open Inference Protocol (V2) an object per row
     * with each tensor's share by name: a value, or a list where the tensor has more than one per row.
     */
    static List<JsonNode> rows(JsonNode payload, String v1, String v2) {
        JsonNode list = payload.path(v1);
        if (list.isArray()) {
            List<JsonNode> rows = new ArrayList<>(list.size());
            list.forEach(rows::add);
            return rows;
        }
        JsonNode tensors = payload.path(v2);
        if (!tensors.isArray() || tensors.isEmpty()) {
            throw misfit("/" + v1 + " or /" + v2, "is no list; the payload is of neither inference protocol");
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            add(rows, tensors.get(i), "/" + v2 + "/" + i, i == 0);
        }
        return List.copyOf(rows);
    }

    private static void add(List<ObjectNode> rows, JsonNode tensor, String path, boolean first) {
        List<JsonNode> values = new ArrayList<>();
        flatten(tensor.path("data"), values);
        JsonNode shape = tensor.path("shape");
        int count = shape.isArray() && !shape.isEmpty() ? shape.get(0).asInt(-1) : -1;
        long size = size(shape);
        if (count < 1 || size != values.size()) {
            throw misfit(
                    path,
                    "has " + values.size() + " values in data for the shape " + shape + "; binary data is not read");
        }
        if (first) {
            for (int i = 0; i < count; i++) {
                rows.add(JsonNodeFactory.instance.objectNode());
            }
        } else if (rows.size() != count) {
            throw misfit(path, "has " + count + " rows, the first tensor " + rows.size());
        }
        int width = values.size() / count;
        for (int row = 0; row < count; row++) {
            rows.get(row).set(tensor.path("name").asText("?"), share(values.subList(row * width, (row + 1) * width)));
        }
    }

    private static JsonNode share(List<JsonNode> values) {
        if (values.size() == 1) {
            return values.get(0);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(values.size());
        return list.addAll(values);
    }

    private static long size(JsonNode shape) {
        long size = 1;
        for (JsonNode dimension : shape) {
            long length = dimension.asLong(-1);
            // no tensor in a record is that large
            if (length < 0 || length > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
                return -1;
            }
            size *= length;
        }
        return size;
    }

    private static void flatten(JsonNode data, List<JsonNode> values) {
        if (data.isArray()) {
            data.forEach(part -> flatten(part, values));
        } else if (!data.isMissingNode()) {
            values.add(data);
        }
    }

    private static MisfitException misfit(String path, String problem) {
        return new MisfitException(Reason.UNREADABLE, path + ": " + problem);
    }
}
