package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.ArtifactRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A model as the data path needs it: rows in, scores out. Called from many threads at once. */
public interface Scorer extends AutoCloseable {
    /** The features it wants, in order, with their datatype in the protocol. */
    List<Feature> features();

    /**
     * Scores rows without blocking the caller.
     *
     * @param rows doubles, texts or null (missing) by name; names it does not know are ignored
     * @param threads where a model of this process computes
     * @return one saying per row, in order; cancelling it gives the call up. Fails with {@link ScoringException}
     * @throws java.util.concurrent.RejectedExecutionException when no thread is free
     */
    CompletableFuture<List<Said>> score(List<Map<String, Object>> rows, Executor threads);

    /** Whether it would answer now, as far as is known. */
    default boolean ready() {
        return true;
    }

    /** Whether it runs elsewhere: waiting for it takes no processor of this machine. */
    default boolean remote() {
        return false;
    }

    /** Ends it after the calls under way. */
    @Override
    void close();

    /**
     * A feature.
     *
     * @param name its name
     * @param datatype {@code FP64} or {@code BYTES}
     */
    record Feature(String name, String datatype) {}

    /** Where scorers come from. */
    @FunctionalInterface
    interface Source {
        /**
         * Loads an artifact after its digest was verified.
         *
         * @throws Exception when it is absent, damaged or not understood; the message says which
         */
        Scorer load(ArtifactRef artifact) throws Exception;
    }
}
