/** Tests that compare one feature of a window with the reference. */
@NullMarked
package io.homeostat.drift.statistics.twosample;

import org.jspecify.annotations.NullMarked;
