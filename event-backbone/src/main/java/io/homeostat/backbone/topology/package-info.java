/** A service's share of the streams topology, the producer that merges the shares, and their host. */
@NullMarked
package io.homeostat.backbone.topology;

import org.jspecify.annotations.NullMarked;
