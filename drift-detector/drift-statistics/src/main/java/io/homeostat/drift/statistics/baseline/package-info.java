/**
 * What a detector or a model must beat: policies that do not look at the stream, and the prediction that nothing changes.
 * {@link io.homeostat.drift.statistics.baseline.Never} and {@link io.homeostat.drift.statistics.baseline.EveryK} stand in for
 * a detector, {@link io.homeostat.drift.statistics.baseline.NoChange} for a classifier.
 */
@NullMarked
package io.homeostat.drift.statistics.baseline;

import org.jspecify.annotations.NullMarked;
