/** What the evidence says about a candidate, and how much of it is missing. */
@NullMarked
package io.homeostat.rollout.verdict;

import org.jspecify.annotations.NullMarked;
