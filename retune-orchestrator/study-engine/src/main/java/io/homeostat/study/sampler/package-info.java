/**
 * Which point to try next. A {@link io.homeostat.study.sampler.Sampler} sees the space and the trials so far, never the
 * study, and draws from a generator made of the study's seed and the trial's number, so that a replay suggests the same.
 */
@NullMarked
package io.homeostat.study.sampler;

import org.jspecify.annotations.NullMarked;
