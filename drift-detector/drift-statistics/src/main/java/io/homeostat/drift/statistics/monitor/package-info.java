/** The monitor process: inputs in the order of the log, out come signals, alarms and the wish for a re-tune. Start at {@link io.homeostat.drift.statistics.monitor.Monitor}. */
@NullMarked
package io.homeostat.drift.statistics.monitor;

import org.jspecify.annotations.NullMarked;
