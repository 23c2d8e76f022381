/** The queue of tasks: who takes which, how long it is held, when it is given back. */
@NullMarked
package io.homeostat.worker.queue;

import org.jspecify.annotations.NullMarked;
