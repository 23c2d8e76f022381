/** Rollouts at the command line: reads and orders over the API of a running Homeostat. */
@NullMarked
package io.homeostat.standalone.rollouts;

import org.jspecify.annotations.NullMarked;
