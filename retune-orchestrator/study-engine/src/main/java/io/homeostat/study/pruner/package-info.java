/** Whether a trial is worth going on with, from its values so far and those of the trials before it. */
@NullMarked
package io.homeostat.study.pruner;

import org.jspecify.annotations.NullMarked;
