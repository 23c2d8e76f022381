/**
 * The memory of the loop: what finished studies found, how their winners did in production, and what a new search should
 * try first.
 *
 * <p><b>In:</b> {@code studies} (finished ones), {@code rollouts} (ended ones that came of a study), {@code meta-records}
 * (a full copy, to answer from).
 *
 * <p><b>Out:</b> {@code meta-records} (one per task; a tombstone for a forgotten one), {@code ledger}; between the two
 * steps {@code meta-store.lessons}, an internal topic by model.
 *
 * <p><b>Way of the data:</b> {@link io.homeostat.metastore.record} makes lessons of events,
 * {@link io.homeostat.metastore.curate} keeps a bounded memory per model, {@link io.homeostat.metastore.recommend} answers
 * from all of them, {@link io.homeostat.metastore.api} says it over HTTP.
 */
@NullMarked
package io.homeostat.metastore;

import org.jspecify.annotations.NullMarked;
