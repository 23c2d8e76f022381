/** The REST edge. */
@NullMarked
package io.homeostat.gateway.http;

import org.jspecify.annotations.NullMarked;
