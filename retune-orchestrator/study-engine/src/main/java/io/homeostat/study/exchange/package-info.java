/**
 * Studies to and from the files of others: {@link io.homeostat.study.exchange.OptunaJournal} writes and reads Optuna's
 * journal.
 */
@NullMarked
package io.homeostat.study.exchange;

import org.jspecify.annotations.NullMarked;
