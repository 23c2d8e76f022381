/** What must not get worse while a candidate is tried: failed and slow requests. */
@NullMarked
package io.homeostat.rollout.guardrail;

import org.jspecify.annotations.NullMarked;
