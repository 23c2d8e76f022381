/** What rollouts get wrong and how soon they are right, by simulation. */
@NullMarked
package io.homeostat.benchmarks.rollout;

import org.jspecify.annotations.NullMarked;
