/** Detectors that read a model's errors one by one and say when they rose. */
@NullMarked
package io.homeostat.drift.statistics.sequential;

import org.jspecify.annotations.NullMarked;
