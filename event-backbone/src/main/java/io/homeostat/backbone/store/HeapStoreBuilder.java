package io.homeostat.backbone.store;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds a {@link HeapStore} over a store with a changelog. */
public final class HeapStoreBuilder<T> implements StoreBuilder<HeapStore<T>> {
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;
    private final StateCodec<T> codec;

    /** A store on disk. */
    public HeapStoreBuilder(String name, StateCodec<T> codec) {
        this(name, codec, Storage.DISK);
    }

    /**
     * @param name the store's name
     * @param codec of its states
     * @param storage where their bytes are
     */
    public HeapStoreBuilder(String name, StateCodec<T> codec, Storage storage) {
        this.inner = Stores.keyValueStoreBuilder(storage.keyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
        this.codec = codec;
    }

    @Override
    public HeapStore<T> build() {
        return new HeapStore<>(inner.build(), codec);
    }

    @Override
    public StoreBuilder<HeapStore<T>> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<HeapStore<T>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<HeapStore<T>> withLoggingEnabled(Map<String, String> config) {
        inner.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<HeapStore<T>> withLoggingDisabled() {
        inner.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return inner.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return inner.loggingEnabled();
    }

    @Override
    public String name() {
        return inner.name();
    }
}
