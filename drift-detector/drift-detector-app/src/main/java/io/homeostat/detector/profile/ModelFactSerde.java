package io.homeostat.detector.profile;

import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.detector.profile.ModelFact.PartialWindow;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way to their model's key. A share of a window is kilobytes that nobody reads, so it is written as bytes;
 * all else as JSON, as shares were by earlier releases, whose records are read, too.
 */
public final class ModelFactSerde implements Serde<ModelFact> {
    private static final int TAG = 72; // no JSON begins so
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 64;

    private final JsonSerde<ModelFact> json = new JsonSerde<>(ModelFact.class);

    @Override
    public Serializer<ModelFact> serializer() {
        return (topic, fact) -> fact instanceof PartialWindow share ? bytes(share) : json.serialize(topic, fact);
    }

    @Override
    public Deserializer<ModelFact> deserializer() {
        return (topic, bytes) ->
                bytes != null && bytes.length > 0 && bytes[0] == TAG ? share(bytes) : json.deserialize(topic, bytes);
    }

    private static byte[] bytes(PartialWindow share) {
        int room = HEAD_BYTES
                + share.model().length()
                + share.modelVersion().length()
                + share.profile().length
                + length(share.estimate())
                + length(share.rows());
        StateWriter out = new StateWriter(TAG, VERSION, room)
                .text(share.model())
                .text(share.modelVersion())
                .instant(share.windowFrom())
                .count(share.partition())
                .bytes(share.profile());
        write(out, share.estimate());
        write(out, share.rows());
        return out.toBytes();
    }

    private static int length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    private static void write(StateWriter out, byte @Nullable [] part) {
        out.flag(part != null);
        if (part != null) {
            out.bytes(part);
        }
    }

    private static PartialWindow share(byte[] bytes) {
        StateReader in = new StateReader("share of a window", bytes, TAG, VERSION);
        PartialWindow share =
                new PartialWindow(in.text(), in.text(), in.instant(), (int) in.count(), in.bytes(), part(in), part(in));
        in.end();
        return share;
    }

    private static byte @Nullable [] part(StateReader in) {
        return in.flag() ? in.bytes() : null;
    }
}
