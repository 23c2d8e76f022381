/** Synthetic production traffic. */
@NullMarked
package io.homeostat.standalone.traffic;

import org.jspecify.annotations.NullMarked;
