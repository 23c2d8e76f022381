/** Samplers and pruners by name with their options, in the form in which they stand in a spec. */
@NullMarked
package io.homeostat.study.option;

import org.jspecify.annotations.NullMarked;
