package io.homeostat.detector.join;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JoinState} in bytes: a version, when it expires, the label and where it was read with their lengths (-1 if there
 * is none), then the prediction as it came.
 */
final class JoinStateSerde implements Serde<JoinState> {
    private static final byte VERSION = 2;
    private static final int NONE = -1;
    private static final byte[] NOTHING = new byte[0];

    @Override
    public Serializer<JoinState> serializer() {
        return (topic, state) -> state == null ? null : write(state);
    }

    @Override
    public Deserializer<JoinState> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes));
    }

    private static byte[] write(JoinState state) {
        KeptPrediction prediction = state.prediction();
        byte[] json = prediction == null ? NOTHING : prediction.json();
        LabelEvent label = state.label();
        byte @Nullable [] labelJson = label == null ? null : Json.bytes(label);
        String origin = state.labelOrigin();
        byte @Nullable [] originText = origin == null ? null : origin.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(
                1 + Long.BYTES + 2 * Integer.BYTES + length(labelJson) + length(originText) + json.length);
        out.put(VERSION).putLong(state.expiresAtMillis());
        put(out, labelJson);
        put(out, originText);
        return out.put(json).array();
    }

    private static int length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    private static void put(ByteBuffer out, byte @Nullable [] part) {
        out.putInt(part == null ? NONE : part.length);
        if (part != null) {
            out.put(part);
        }
    }

    private static JoinState read(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("join state: version " + version + " is not " + VERSION
                    + ". It was written by another release; see its notes on upgrading.");
        }
        long expires = in.getLong();
        byte @Nullable [] label = part(in);
        byte @Nullable [] origin = part(in);
        byte[] json = new byte[in.remaining()];
        in.get(json);
        return new JoinState(
                json.length == 0 ? null : new KeptPrediction(json),
                label == null ? null : Json.read(label, LabelEvent.class),
                origin == null ? null : new String(origin, StandardCharsets.UTF_8),
                expires);
    }

    private static byte @Nullable [] part(ByteBuffer in) {
        int length = in.getInt();
        if (length == NONE) {
            return null;
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
