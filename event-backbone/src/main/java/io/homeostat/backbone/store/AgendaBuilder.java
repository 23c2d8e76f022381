package io.homeostat.backbone.store;

/** Builds an {@link Agenda} over a store with a changelog. */
public final class AgendaBuilder extends CommitStoreBuilder<Agenda> {
    /**
     * A builder.
     *
     * @param name the store's name
     * @param storage where its bytes are
     */
    public AgendaBuilder(String name, Storage storage) {
        super(name, storage, Agenda::new);
    }
}
