/** Which arm answers a unit: a salted hash to one of 10,000 buckets, sticky while a ramp goes up. */
@NullMarked
package io.homeostat.rollout.routing;

import org.jspecify.annotations.NullMarked;
