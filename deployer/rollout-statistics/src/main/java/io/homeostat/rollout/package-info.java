/**
 * Rollouts as pure decisions, in the way of the data: {@code routing} (who is served by which arm), {@code sequential}
 * (tests valid at every look), {@code guardrail} (what must not get worse), {@code verdict} (what the evidence says),
 * {@code plan} (what was asked for), {@code lifecycle} (the process that ties them together).
 */
@NullMarked
package io.homeostat.rollout;

import org.jspecify.annotations.NullMarked;
