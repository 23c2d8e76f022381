package io.homeostat.detector.join;

import io.homeostat.backbone.serde.JsonSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the {@link LabelJoin}. */
public final class JoinStores {
    private JoinStores() {}

    public static void addTo(StreamsBuilder builder) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LabelJoin.STATES), Serdes.String(), new JsonSerde<>(JoinState.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LabelJoin.EXPIRIES), Serdes.Bytes(), Serdes.ByteArray()));
    }
}
