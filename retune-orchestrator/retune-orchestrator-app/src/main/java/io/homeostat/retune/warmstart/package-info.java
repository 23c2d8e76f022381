/** The first trials of a study: the champion re-fitted, then what earlier studies found. Pure. */
@NullMarked
package io.homeostat.retune.warmstart;

import org.jspecify.annotations.NullMarked;
