/** What a study is after: a metric, and whether more or less of it is better. */
@NullMarked
package io.homeostat.study.objective;

import org.jspecify.annotations.NullMarked;
