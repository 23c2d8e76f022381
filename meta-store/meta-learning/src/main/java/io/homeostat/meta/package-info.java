/**
 * What earlier re-tunings teach the next one. The way of the data: a snapshot's rows become meta-features
 * ({@link io.homeostat.meta.metafeature}), these say which earlier tasks are alike
 * ({@link io.homeostat.meta.similarity}), and their best configurations start the new search
 * ({@link io.homeostat.meta.transfer}).
 */
@NullMarked
package io.homeostat.meta;

import org.jspecify.annotations.NullMarked;
