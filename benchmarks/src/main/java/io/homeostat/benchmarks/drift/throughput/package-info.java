/** The detector's topology at line speed: a broker in another process, traffic, and what an event costs. */
@NullMarked
package io.homeostat.benchmarks.drift.throughput;

import org.jspecify.annotations.NullMarked;
