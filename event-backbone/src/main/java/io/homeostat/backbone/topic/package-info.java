/** Every topic with its key, value, partitions, cleanup and retention; and their provisioning at start. */
@NullMarked
package io.homeostat.backbone.topic;

import org.jspecify.annotations.NullMarked;
