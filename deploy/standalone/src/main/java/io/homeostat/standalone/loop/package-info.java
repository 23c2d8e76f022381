/** How a scenario speaks with the running loop: requests in, decisions out. */
@NullMarked
package io.homeostat.standalone.loop;

import org.jspecify.annotations.NullMarked;
