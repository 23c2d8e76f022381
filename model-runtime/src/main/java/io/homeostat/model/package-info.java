/** Models as bytes and as things that answer: artifact, then runtime, then lightgbm; evaluation judges answers. */
@NullMarked
package io.homeostat.model;

import org.jspecify.annotations.NullMarked;
