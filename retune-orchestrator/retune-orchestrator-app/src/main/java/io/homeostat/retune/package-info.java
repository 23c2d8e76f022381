/**
 * Re-tunes a model when someone asks: an alarm, the first training, a person.
 *
 * <p>The way of a re-tune, and of the packages: {@code trigger} (accept, merge or refuse the wish) → {@code warmstart}
 * (what to try first) → {@code search} (the study) → {@code confirm} (the verdict on the hold-out) → {@code lifecycle}
 * (the sealed states that use them, pure) → {@code host} (Kafka Streams around the lifecycle) → {@code rest}. A package
 * knows only those before it.
 *
 * <p>Topics in: {@code retune-events}, {@code trial-reports}, {@code routes}, all keyed by model; {@code models} and
 * {@code meta-records} as copies. Topics out: {@code retunes}, {@code studies}, {@code trials}, {@code trial-tasks},
 * {@code trial-decisions}, {@code candidates}, {@code ledger}, {@code dead-letters}.
 */
@NullMarked
package io.homeostat.retune;

import org.jspecify.annotations.NullMarked;
