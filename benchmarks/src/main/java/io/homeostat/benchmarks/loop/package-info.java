/** The loop of re-tuning as it is, without Kafka: how soon a search that knows earlier ones is where a cold one ends. */
@NullMarked
package io.homeostat.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
