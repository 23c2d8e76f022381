package io.homeostat.backbone.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.homeostat.backbone.event.LabelEvent;
import java.io.IOException;

/** A class as labels say it: a text, a number or a boolean, in its one written form. */
final class ClassName extends StdDeserializer<String> {
    private static final long serialVersionUID = 1;

    ClassName() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
        JsonNode value = context.readTree(in);
        if (value.isTextual()) {
            return value.textValue();
        }
        return LabelEvent.text(
                "", value.isBoolean() ? value.booleanValue() : value.isNumber() ? value.numberValue() : value);
    }
}
