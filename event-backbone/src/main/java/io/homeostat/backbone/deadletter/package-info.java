/** What could not be read, with where it came from and why. */
@NullMarked
package io.homeostat.backbone.deadletter;

import org.jspecify.annotations.NullMarked;
