/** Labelled rows of a model by offset ranges, ordered, split and described. */
@NullMarked
package io.homeostat.worker.snapshot;

import org.jspecify.annotations.NullMarked;
