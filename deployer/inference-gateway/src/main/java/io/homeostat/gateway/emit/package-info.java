/** Prediction events to Kafka, never in the way of an answer. */
@NullMarked
package io.homeostat.gateway.emit;

import org.jspecify.annotations.NullMarked;
