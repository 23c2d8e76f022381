/** Follows the topics of routes and specs, and swaps what is served. */
@NullMarked
package io.homeostat.gateway.route;

import org.jspecify.annotations.NullMarked;
