/** A recorded stream through the very same path. */
@NullMarked
package io.homeostat.standalone.replay;

import org.jspecify.annotations.NullMarked;
