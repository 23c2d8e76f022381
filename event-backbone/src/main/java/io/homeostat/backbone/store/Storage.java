package io.homeostat.backbone.store;

import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Where the bytes of a store are kept beside its changelog. */
public enum Storage {
    /** In RocksDB: larger than memory, and there again after a restart without reading the changelog. */
    DISK,
    /** On the heap: read from the changelog after a restart. Right where states are few, and in tests. */
    MEMORY;

    /** A key-value store of this kind. */
    public KeyValueBytesStoreSupplier keyValueStore(String name) {
        return this == DISK ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }
}
