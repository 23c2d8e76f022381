package io.homeostat.backbone.serde;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The one JSON form of everything Homeostat says: ISO times, absent instead of null, unknown fields ignored, wrong or
 * missing ones reported as {@link InvalidValueException} with their path.
 */
public final class Json {
    private static final ObjectMapper MAPPER = configure(JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build());
    private static final ObjectMapper STRICT = configure(YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Json() {}

    /** The mapper, for whoever needs Jackson itself. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Writes a value as UTF-8 JSON. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** UTF-8 JSON that is written piece by piece; its buffers are kept for the next. */
    public static byte[] written(Pieces pieces) {
        BufferRecycler buffers = MAPPER.getFactory()._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(buffers)) {
            try (JsonGenerator out = MAPPER.getFactory().createGenerator(bytes)) {
                pieces.writeTo(out);
            }
            return bytes.getClearAndRelease();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            buffers.releaseToPool();
        }
    }

    /** What {@link #written} writes. */
    @FunctionalInterface
    public interface Pieces {
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** Writes a value as JSON text. */
    public static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Reads a value; unknown fields are ignored. Errors: {@link InvalidValueException}. */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER, json, type);
    }

    /** Reads what a person wrote, as YAML or JSON (which is YAML, too); unknown fields are errors. Errors: {@link InvalidValueException}. */
    public static <T> T readStrictly(byte[] jsonOrYaml, Class<T> type) {
        return read(STRICT, jsonOrYaml, type);
    }

    private static <T> T read(ObjectMapper mapper, byte[] bytes, Class<T> type) {
        try {
            T value = mapper.readValue(bytes, type);
            if (value == null) {
                throw new InvalidValueException("", "is null; a " + type.getSimpleName() + " is an object");
            }
            return value;
        } catch (JsonMappingException e) {
            throw explain(e);
        } catch (JsonProcessingException e) {
            throw new InvalidValueException(
                    "",
                    "is not " + (mapper == STRICT ? "YAML or JSON: " : "JSON: ") + firstLine(e.getOriginalMessage())
                            + where(e));
        } catch (IOException e) {
            throw new InvalidValueException("", "cannot be read: " + e.getMessage());
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static InvalidValueException explain(JsonMappingException e) {
        String path = path(e);
        Optional<InvalidValueException> ours = cause(e, InvalidValueException.class);
        if (ours.isPresent()) {
            return ours.get().under(path);
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
            return new InvalidValueException(
                    parent, "unknown key '" + unknown.getPropertyName() + "'" + advice(unknown));
        }
        if (e instanceof InvalidFormatException format) {
            return new InvalidValueException(
                    path, "'" + format.getValue() + "' is not " + Shapes.wanted(format.getTargetType()));
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getProcessor() instanceof JsonParser in) {
            return new InvalidValueException(path, Shapes.mismatch(in, mismatch.getTargetType()));
        }
        if (e.getCause() instanceof IllegalArgumentException wrong) {
            return new InvalidValueException(path, String.valueOf(wrong.getMessage()));
        }
        return new InvalidValueException(path, firstLine(e.getOriginalMessage()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("is wrong");
    }

    private static String advice(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        if (known == null || known.isEmpty()) {
            return "";
        }
        List<String> names = known.stream().map(String::valueOf).sorted().toList();
        return Nearest.to(e.getPropertyName(), names)
                        .map(n -> "; did you mean '" + n + "'?")
                        .orElse("")
                + " Known here: " + String.join(", ", names);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            } else if (reference.getIndex() >= 0) {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static <X extends Throwable> Optional<X> cause(Throwable e, Class<X> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    private static ObjectMapper configure(ObjectMapper mapper) {
        mapper.registerModule(new JavaTimeModule());
        mapper.registerModule(new Jdk8Module());
        mapper.registerModule(new ParameterNamesModule());
        mapper.registerModule(Base64Bytes.module());
        mapper.registerModule(new SimpleModule("lower-case-enums").addSerializer(new LowerCaseEnumSerializer()));
        mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        mapper.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        mapper.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        mapper.disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        // absent fields are left out, but a null in a map is a fact: a feature whose value is not known
        mapper.setDefaultPropertyInclusion(
                JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }
}
