package io.homeostat.backbone.store;

/** Builds an {@link Agenda} over a persistent store with a changelog. */
public final class AgendaBuilder extends CommitStoreBuilder<Agenda> {
    /**
     * A builder.
     *
     * @param name the store's name
     */
    public AgendaBuilder(String name) {
        super(name, Agenda::new);
    }
}
