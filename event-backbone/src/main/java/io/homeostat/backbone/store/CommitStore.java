package io.homeostat.backbone.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store whose news are on the heap until the task commits, and then written with their changelog.
 *
 * <p>Kafka Streams flushes a {@link CachedStateStore} in {@code prepareCommit}, before it sends the offsets to the
 * transaction; so what is stored always matches the committed offsets. A task that is closed uncleanly drops its heap; the
 * next one starts from the changelog, at the offsets committed with it.
 */
abstract class CommitStore implements StateStore, CachedStateStore<byte[], byte[]> {
    final KeyValueStore<Bytes, byte[]> inner;

    CommitStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    @Override
    public boolean setFlushListener(@Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
    }

    @Override
    public void flush() {
        flushCache();
        inner.flush();
    }

    @Override
    public void close() {
        clearCache();
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }
}
