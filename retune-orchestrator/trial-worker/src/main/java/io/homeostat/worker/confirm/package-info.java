/** The best few judged on the hold-out beside the champion; the winner fitted on everything. */
@NullMarked
package io.homeostat.worker.confirm;

import org.jspecify.annotations.NullMarked;
