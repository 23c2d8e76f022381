/** Predictions and labels as they come in: held against the model's spec, or set aside with a reason. */
@NullMarked
package io.homeostat.detector.ingest;

import org.jspecify.annotations.NullMarked;
