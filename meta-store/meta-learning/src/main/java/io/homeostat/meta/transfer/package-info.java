/**
 * The past as a new search sees it; see {@link io.homeostat.meta.transfer.Past}.
 */
@NullMarked
package io.homeostat.meta.transfer;

import org.jspecify.annotations.NullMarked;
