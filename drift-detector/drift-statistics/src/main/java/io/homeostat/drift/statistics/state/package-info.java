/** Versioned, deterministic bytes for everything that is kept: equal states have equal bytes. */
@NullMarked
package io.homeostat.drift.statistics.state;

import org.jspecify.annotations.NullMarked;
