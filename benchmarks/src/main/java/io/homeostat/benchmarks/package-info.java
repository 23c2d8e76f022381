/**
 * The benchmarks: each prints what it does as it goes, a table, and as its last line a flat JSON object of its figures.
 * {@link io.homeostat.benchmarks.Main} has the list; a package holds the benchmarks of one subject.
 */
@NullMarked
package io.homeostat.benchmarks;

import org.jspecify.annotations.NullMarked;
