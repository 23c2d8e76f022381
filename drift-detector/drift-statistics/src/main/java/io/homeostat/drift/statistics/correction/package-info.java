/** What keeps many tests over many windows honest: false discovery rate and persistence. */
@NullMarked
package io.homeostat.drift.statistics.correction;

import org.jspecify.annotations.NullMarked;
