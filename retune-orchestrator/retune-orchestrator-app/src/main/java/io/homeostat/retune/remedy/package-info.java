/** How much is done about the trouble: a re-fit, a short search or a full one. Pure. */
@NullMarked
package io.homeostat.retune.remedy;

import org.jspecify.annotations.NullMarked;
