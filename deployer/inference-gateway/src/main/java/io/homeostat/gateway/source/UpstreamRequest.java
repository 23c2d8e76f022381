package io.homeostat.gateway.source;

import com.fasterxml.jackson.core.JsonGenerator;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.model.schema.FeatureEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows as a request of the protocol; a missing value is written as null. */
final class UpstreamRequest {
    private final Upstream upstream;
    private final List<DataSchema.Feature> features;
    private final FeatureEncoder encoder;

    UpstreamRequest(Upstream upstream) {
        this.upstream = upstream;
        this.features = upstream.schema().features();
        this.encoder = new FeatureEncoder(upstream.schema());
    }

    /** The body. Errors: {@link InvalidFeatureException}. */
    byte[] body(List<Map<String, Object>> rows) {
        double[] numbers = encoder.encode(rows);
        return Json.written(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("inputs");
            if (upstream.matrix() != null) {
                matrix(out, upstream.matrix(), rows.size(), numbers);
            } else {
                for (int j = 0; j < features.size(); j++) {
                    column(out, j, rows, numbers);
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private void matrix(JsonGenerator out, String name, int rows, double[] numbers) throws IOException {
        begin(out, name, "FP64", rows, features.size());
        for (double number : numbers) {
            number(out, number);
        }
        end(out);
    }

    private void column(JsonGenerator out, int j, List<Map<String, Object>> rows, double[] numbers) throws IOException {
        DataSchema.Feature feature = features.get(j);
        boolean numeric = feature.kind() == FeatureKind.NUMERIC;
        begin(out, feature.name(), numeric ? "FP64" : "BYTES", rows.size(), 1);
        for (int i = 0; i < rows.size(); i++) {
            if (numeric) {
                number(out, numbers[i * features.size() + j]);
            } else {
                text(out, feature.name(), rows.get(i).get(feature.name()));
            }
        }
        end(out);
    }

    private static void begin(JsonGenerator out, String name, String datatype, int rows, int columns)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name);
        out.writeArrayFieldStart("shape");
        out.writeNumber(rows);
        out.writeNumber(columns);
        out.writeEndArray();
        out.writeStringField("datatype", datatype);
        out.writeArrayFieldStart("data");
    }

    private static void end(JsonGenerator out) throws IOException {
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, double number) throws IOException {
        if (Double.isNaN(number)) {
            out.writeNull();
        } else {
            out.writeNumber(number);
        }
    }

    private static void text(JsonGenerator out, String feature, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value instanceof String text ? text : LabelEvent.text(feature, value));
        }
    }
}
