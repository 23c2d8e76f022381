package io.homeostat.backbone.store;

/** Builds a {@link HeapStore} over a store with a changelog. */
public final class HeapStoreBuilder<T> extends CommitStoreBuilder<HeapStore<T>> {
    /** A store on disk. */
    public HeapStoreBuilder(String name, StateCodec<T> codec) {
        this(name, codec, Storage.DISK);
    }

    /**
     * A builder.
     *
     * @param name the store's name
     * @param codec of its states
     * @param storage where their bytes are
     */
    public HeapStoreBuilder(String name, StateCodec<T> codec, Storage storage) {
        super(name, storage, inner -> new HeapStore<>(inner, codec));
    }
}
