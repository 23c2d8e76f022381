/** A real Kafka broker inside the process. */
@NullMarked
package io.homeostat.broker;

import org.jspecify.annotations.NullMarked;
