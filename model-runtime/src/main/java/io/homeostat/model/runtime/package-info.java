/** A loaded model and its answers, whatever trained it. */
@NullMarked
package io.homeostat.model.runtime;

import org.jspecify.annotations.NullMarked;
