/**
 * The backbone: events, topics, serdes and the host of the streams topology.
 *
 * <p>Order of the packages: serde → spec → event → deadletter → topic → store → topology. Each may use what stands
 * before it. {@code rest} is beside them, of {@code serde} only.
 */
@NullMarked
package io.homeostat.backbone;

import org.jspecify.annotations.NullMarked;
