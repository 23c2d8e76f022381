/** Predictions joined with their labels by id, in event time. */
@NullMarked
package io.homeostat.detector.join;

import org.jspecify.annotations.NullMarked;
