/**
 * What may be tuned: a {@link io.homeostat.study.space.Space} of named {@link io.homeostat.study.space.Parameter
 * parameters}, and a {@link io.homeostat.study.space.Configuration} as one point of it.
 */
@NullMarked
package io.homeostat.study.space;

import org.jspecify.annotations.NullMarked;
