/**
 * A hundred thousand tasks in memory, packed, and those few of them that a search may learn from: see {@link
 * io.homeostat.meta.index.TaskIndex}.
 */
@NullMarked
package io.homeostat.meta.index;

import org.jspecify.annotations.NullMarked;
