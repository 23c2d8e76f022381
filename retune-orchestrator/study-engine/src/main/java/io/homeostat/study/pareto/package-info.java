/**
 * Points with several objectives, all to be minimised: who dominates whom, how much a set dominates, and which few stand
 * best for many.
 */
@NullMarked
package io.homeostat.study.pareto;

import org.jspecify.annotations.NullMarked;
