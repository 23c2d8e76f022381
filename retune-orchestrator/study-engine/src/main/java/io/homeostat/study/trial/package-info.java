/**
 * What samplers, pruners and analyses may know of the trials of a study: {@link
 * io.homeostat.study.trial.FinishedTrial}, {@link io.homeostat.study.trial.RunningTrial}, and the {@link
 * io.homeostat.study.trial.History} of all finished ones, from which what is expensive is derived once.
 */
@NullMarked
package io.homeostat.study.trial;

import org.jspecify.annotations.NullMarked;
