/** Drift: delay and silence of detectors, many features, seasons, estimated performance, throughput. */
@NullMarked
package io.homeostat.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
