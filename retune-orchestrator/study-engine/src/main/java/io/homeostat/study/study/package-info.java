/**
 * A study as plain data and pure functions over it. {@link io.homeostat.study.study.Study} is the way in;
 * {@link io.homeostat.study.study.StudyState} is everything there is, and can be written and read at any moment.
 */
@NullMarked
package io.homeostat.study.study;

import org.jspecify.annotations.NullMarked;
