/** What benchmarks share: figures, tables, summaries, data files. */
@NullMarked
package io.homeostat.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
