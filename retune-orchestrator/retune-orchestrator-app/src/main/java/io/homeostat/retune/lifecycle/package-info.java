/** A re-tune's states and all that can happen to them: pure, no clock, no input or output. */
@NullMarked
package io.homeostat.retune.lifecycle;

import org.jspecify.annotations.NullMarked;
