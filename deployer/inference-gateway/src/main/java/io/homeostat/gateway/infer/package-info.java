/** One request from its rows to its answers: arm, fall-back, shadow, events. */
@NullMarked
package io.homeostat.gateway.infer;

import org.jspecify.annotations.NullMarked;
