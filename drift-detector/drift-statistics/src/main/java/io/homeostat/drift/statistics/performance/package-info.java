/** How good the model was, from labelled rows, in mergeable windows. */
@NullMarked
package io.homeostat.drift.statistics.performance;

import org.jspecify.annotations.NullMarked;
