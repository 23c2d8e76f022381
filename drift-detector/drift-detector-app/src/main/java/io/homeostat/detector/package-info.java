/**
 * The drift detector: predictions and labels in, signals, alarms and wishes to re-tune out.
 *
 * <p>Order of the packages: ingest → join → profile → detect; {@code api} stands beside them.
 *
 * <p>Topics in: predictions, labels, models, references, estimators, routes, retunes, the users' own. Topics out: predictions and labels
 * (as mapped), labelled, profiles, estimators, drift-signals,
 * retune-events, references (as learned), ledger, dead-letters.
 */
@NullMarked
package io.homeostat.detector;

import org.jspecify.annotations.NullMarked;
