package io.homeostat.backbone.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Locale;

/** Every enum is written in lower case: {@code rolled_back}. Reading takes either case, and nothing unknown. */
final class LowerCaseEnumSerializer extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1;

    LowerCaseEnumSerializer() {
        super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
}
