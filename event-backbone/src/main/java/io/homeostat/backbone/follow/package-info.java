/** Reading topics outside Kafka Streams, on threads of their own. */
@NullMarked
package io.homeostat.backbone.follow;

import org.jspecify.annotations.NullMarked;
