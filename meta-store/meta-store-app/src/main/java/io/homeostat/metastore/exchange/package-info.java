/**
 * Records to and from files: JSON lines, CSV, and the journal of Optuna. A file is read whole before anything of it is written, and
 * {@link io.homeostat.metastore.exchange.ImportWriter} writes all of it or nothing.
 */
@NullMarked
package io.homeostat.metastore.exchange;

import org.jspecify.annotations.NullMarked;
