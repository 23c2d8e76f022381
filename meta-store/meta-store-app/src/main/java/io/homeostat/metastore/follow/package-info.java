/** A copy of the records' topic, kept up to date: {@link io.homeostat.metastore.follow.MemoryKeeper}. */
@NullMarked
package io.homeostat.metastore.follow;

import org.jspecify.annotations.NullMarked;
