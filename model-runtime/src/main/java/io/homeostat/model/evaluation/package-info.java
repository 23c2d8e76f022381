/** How good answers were, as one number and row by row. */
@NullMarked
package io.homeostat.model.evaluation;

import org.jspecify.annotations.NullMarked;
