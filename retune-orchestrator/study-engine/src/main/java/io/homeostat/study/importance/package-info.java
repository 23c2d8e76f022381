/**
 * Which parameters mattered: {@link io.homeostat.study.importance.Fanova} over the whole space, {@link
 * io.homeostat.study.importance.PedAnova} for what sets the best trials apart.
 */
@NullMarked
package io.homeostat.study.importance;

import org.jspecify.annotations.NullMarked;
