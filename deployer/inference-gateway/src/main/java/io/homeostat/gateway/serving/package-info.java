/** Models loaded and counted: an immutable pair of champion and challenger that requests lease. */
@NullMarked
package io.homeostat.gateway.serving;

import org.jspecify.annotations.NullMarked;
