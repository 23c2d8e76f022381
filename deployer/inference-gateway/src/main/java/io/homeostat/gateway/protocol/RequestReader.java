package io.homeostat.gateway.protocol;

import static io.homeostat.gateway.protocol.RefusedException.badRequest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request in one pass over its bytes, without a tree in between. */
public final class RequestReader {
    /** Rows of one request at most. */
    public static final int MOST_ROWS = 10_000;

    /** Rows that no prediction id is given for are called by the request's id and their number. */
    private static final int LONGEST_ID = Check.LONGEST_ID - "-9999".length();

    private static final int MOST_INPUTS = 4_000;
    private static final Set<String> OUTPUTS = Set.of("label", "score", "probabilities");
    private static final JsonFactory FACTORY = Json.mapper().getFactory();

    private final JsonParser in;
    private @Nullable String id;
    private @Nullable List<Tensor> inputs;
    private Set<String> outputs = Set.of();
    private RowIds ids = RowIds.NONE;

    private RequestReader(JsonParser in) {
        this.in = in;
    }

    /** The request. Errors: {@link RefusedException} with status 400. */
    public static InferRequest read(byte[] body) {
        try (JsonParser in = FACTORY.createParser(body)) {
            JsonToken first = in.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw badRequest(
                        "body", (first == null ? "is empty" : "is not an object") + "; write {\"inputs\": […]}");
            }
            InferRequest request = new RequestReader(in).request();
            if (in.nextToken() != null) {
                throw badRequest("body", "goes on after its end");
            }
            return request;
        } catch (JsonProcessingException e) {
            throw badRequest("body", "is not JSON: " + e.getOriginalMessage() + where(e));
        } catch (IOException e) {
            throw badRequest("body", "cannot be read: " + e.getMessage());
        }
    }

    private InferRequest request() throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "id" -> id = in.currentToken() == JsonToken.VALUE_NULL ? null : Scalars.id(in, "id", LONGEST_ID);
                case "parameters" -> ids = RowIds.read(in);
                case "inputs" -> inputs = inputs();
                case "outputs" -> outputs = outputs();
                default -> in.skipChildren();
            }
        }
        return checked();
    }

    private InferRequest checked() {
        if (inputs == null || inputs.isEmpty()) {
            throw badRequest("inputs", "is missing; send one tensor per feature");
        }
        int rows = inputs.get(0).values().length;
        Set<String> names = new HashSet<>(inputs.size() * 2);
        for (Tensor tensor : inputs) {
            if (tensor.values().length != rows) {
                throw badRequest(
                        tensor.path(),
                        "has " + tensor.values().length + " rows, but "
                                + inputs.get(0).path() + " has " + rows);
            }
            if (!names.add(tensor.name())) {
                throw badRequest(tensor.path(), "stands there twice");
            }
        }
        ids.check(rows);
        return new InferRequest(id, rows, inputs, outputs, ids);
    }

    private List<Tensor> inputs() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw badRequest("inputs", "is not a list of tensors");
        }
        List<Tensor> tensors = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (tensors.size() == MOST_INPUTS) {
                throw badRequest("inputs", "has more than " + MOST_INPUTS + " tensors");
            }
            tensors.add(new TensorReader(in, tensors.size()).read());
        }
        return tensors;
    }

    private Set<String> outputs() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return Set.of();
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw badRequest("outputs", "is not a list like [{\"name\": \"score\"}]");
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            names.add(output("outputs[" + i + "]"));
        }
        return names;
    }

    private String output(String path) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw badRequest(path, "is not an object like {\"name\": \"score\"}");
        }
        String name = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            if (field.equals("name")) {
                name = Scalars.text(in, path + ".name");
            } else {
                in.skipChildren();
            }
        }
        if (name == null) {
            throw badRequest(path + ".name", "is missing");
        }
        if (!OUTPUTS.contains(name)) {
            throw badRequest(path + ".name", "'" + name + "' is not one of label, score, probabilities");
        }
        return name;
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
