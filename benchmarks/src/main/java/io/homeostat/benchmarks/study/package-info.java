/** Hyperparameter studies: how good, how fast, beside Optuna. */
@NullMarked
package io.homeostat.benchmarks.study;

import org.jspecify.annotations.NullMarked;
