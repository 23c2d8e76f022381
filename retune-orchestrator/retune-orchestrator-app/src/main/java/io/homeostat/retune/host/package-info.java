/** Kafka Streams around the lifecycle: stores, topics, time and meters. */
@NullMarked
package io.homeostat.retune.host;

import org.jspecify.annotations.NullMarked;
