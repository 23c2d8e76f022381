/** The rollout as a pure process: state and input to the next state and the decisions, each with its reason. */
@NullMarked
package io.homeostat.rollout.lifecycle;

import org.jspecify.annotations.NullMarked;
