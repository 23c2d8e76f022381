/** Hosts the rollout process per model: its state, its inputs, and what is said of its decisions. */
@NullMarked
package io.homeostat.deployer.decide;

import org.jspecify.annotations.NullMarked;
