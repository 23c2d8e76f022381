package io.homeostat.detector.join;

import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.store.AgendaBuilder;
import io.homeostat.backbone.store.Storage;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the joins. */
public final class JoinStores {
    private JoinStores() {}

    /** Adds those of the {@link LabelJoin}. */
    public static void addTo(StreamsBuilder builder, Storage storage) {
        add(builder, storage, LabelJoin.STATES, new JoinStateSerde(), LabelJoin.EXPIRIES);
    }

    /** Adds those of the {@link PairJoin}. */
    public static void addPairsTo(StreamsBuilder builder, Storage storage) {
        add(builder, storage, PairJoin.STATES, new JsonSerde<>(PairState.class), PairJoin.EXPIRIES);
    }

    private static <S> void add(
            StreamsBuilder builder, Storage storage, String states, Serde<S> state, String expiries) {
        builder.addStateStore(Stores.keyValueStoreBuilder(storage.keyValueStore(states), Serdes.String(), state));
        builder.addStateStore(new AgendaBuilder(expiries, storage));
    }
}
