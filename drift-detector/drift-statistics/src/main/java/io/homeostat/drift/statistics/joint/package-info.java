/** Tests of the joint distribution of all features: drift that no single column shows. They need rows, a bounded sample of them. */
@NullMarked
package io.homeostat.drift.statistics.joint;

import org.jspecify.annotations.NullMarked;
