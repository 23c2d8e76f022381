/** The verdict on the hold-out. Pure. */
@NullMarked
package io.homeostat.retune.confirm;

import org.jspecify.annotations.NullMarked;
