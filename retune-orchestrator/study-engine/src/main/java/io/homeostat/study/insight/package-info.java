/**
 * Reading a study: the choice among good trials by a business rule ({@link io.homeostat.study.insight.ChoiceRule}), who
 * contributed what, what pruning saved, what the search returned, and data ready to plot ({@link
 * io.homeostat.study.insight.Plots}).
 */
@NullMarked
package io.homeostat.study.insight;

import org.jspecify.annotations.NullMarked;
