/** From a model's spec to a study, and from a study to what others are told of it. Pure. */
@NullMarked
package io.homeostat.retune.search;

import org.jspecify.annotations.NullMarked;
