/** Whether a wish to re-tune is accepted, merged, refused or known already, and why. Pure. */
@NullMarked
package io.homeostat.retune.trigger;

import org.jspecify.annotations.NullMarked;
