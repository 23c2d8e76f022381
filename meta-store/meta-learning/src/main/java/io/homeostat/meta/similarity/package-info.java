/**
 * How far two tasks are apart, and why; see {@link io.homeostat.meta.similarity.ScaledDistance} and
 * {@link io.homeostat.meta.similarity.Nearest}.
 */
@NullMarked
package io.homeostat.meta.similarity;

import org.jspecify.annotations.NullMarked;
