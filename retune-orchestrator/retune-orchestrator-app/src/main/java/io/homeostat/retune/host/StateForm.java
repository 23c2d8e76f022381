package io.homeostat.retune.host;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.homeostat.backbone.serde.Json;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.study.study.StudyRecord;
import io.homeostat.study.study.StudyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** A model's state as JSON. A study is written as its record, which is read back to the same study. */
public final class StateForm {
    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .registerModule(new SimpleModule("study")
                    .addSerializer(StudyState.class, new StudyWriter())
                    .addDeserializer(StudyState.class, new StudyReader()));

    private StateForm() {}

    /** The serde of the store. */
    public static Serde<ModelState> serde() {
        Serializer<ModelState> writer = (topic, state) -> state == null ? null : bytes(state);
        Deserializer<ModelState> reader = (topic, bytes) -> bytes == null ? null : state(bytes);
        return Serdes.serdeFrom(writer, reader);
    }

    static byte[] bytes(ModelState state) {
        try {
            return MAPPER.writeValueAsBytes(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ModelState state(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, ModelState.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class StudyWriter extends JsonSerializer<StudyState> {
        @Override
        public void serialize(StudyState study, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writePOJO(StudyRecord.write(study));
        }
    }

    private static final class StudyReader extends JsonDeserializer<StudyState> {
        @Override
        public StudyState deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Map<String, Object> map = in.readValueAs(new TypeReference<Map<String, Object>>() {});
            return StudyRecord.read(map);
        }
    }
}
