/** Gaussian process regression in plain arrays: kernel, fit by maximum a posteriori, prediction with gradients. */
@NullMarked
package io.homeostat.study.gp;

import org.jspecify.annotations.NullMarked;
