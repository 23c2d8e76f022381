/**
 * What a reference expects at a time of the week, as plain counts: slots, shrinking, the variance between windows. Knows
 * nothing of features' meaning; {@code profile} does.
 */
@NullMarked
package io.homeostat.drift.statistics.season;

import org.jspecify.annotations.NullMarked;
