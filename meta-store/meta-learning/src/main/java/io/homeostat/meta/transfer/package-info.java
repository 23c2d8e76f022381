/**
 * From finished tasks to the first trials of the next search; see {@link io.homeostat.meta.transfer.WarmStart}.
 */
@NullMarked
package io.homeostat.meta.transfer;

import org.jspecify.annotations.NullMarked;
