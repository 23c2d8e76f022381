/**
 * How good a model is while labels are still missing, estimated from its scores or features and a labelled reference.
 * Blind to concept drift by nature: always pair with late labels ({@code performance}).
 */
@NullMarked
package io.homeostat.drift.statistics.estimation;

import org.jspecify.annotations.NullMarked;
