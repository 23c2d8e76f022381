/** Benchmarks of hyperparameter studies. */
@NullMarked
package io.homeostat.benchmarks.study;

import org.jspecify.annotations.NullMarked;
