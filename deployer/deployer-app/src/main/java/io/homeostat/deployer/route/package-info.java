/** Who serves what share of the traffic, derived from where the rollout stands. */
@NullMarked
package io.homeostat.deployer.route;

import org.jspecify.annotations.NullMarked;
