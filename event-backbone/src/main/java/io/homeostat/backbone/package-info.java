/**
 * The backbone: events, topics, serdes and the host of the streams topology.
 *
 * <p>Order of the packages: serde → spec → event → deadletter → topic → store → topology. Each may use what stands
 * before it.
 */
@NullMarked
package io.homeostat.backbone;

import org.jspecify.annotations.NullMarked;
