/** Models registered, seen and removed over HTTP. */
@NullMarked
package io.homeostat.detector.api;

import org.jspecify.annotations.NullMarked;
