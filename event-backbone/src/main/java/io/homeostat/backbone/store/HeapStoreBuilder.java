package io.homeostat.backbone.store;

/** Builds a {@link HeapStore} over a persistent store with a changelog. */
public final class HeapStoreBuilder<T> extends CommitStoreBuilder<HeapStore<T>> {
    /**
     * A builder.
     *
     * @param name the store's name
     * @param codec of its states
     */
    public HeapStoreBuilder(String name, StateCodec<T> codec) {
        super(name, inner -> new HeapStore<>(inner, codec));
    }
}
