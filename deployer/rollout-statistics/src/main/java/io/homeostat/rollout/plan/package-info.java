/** What a rollout was asked to do: its steps, its guardrails, and how it is decided. */
@NullMarked
package io.homeostat.rollout.plan;

import org.jspecify.annotations.NullMarked;
