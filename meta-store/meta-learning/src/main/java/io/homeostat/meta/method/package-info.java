/**
 * Ways to let earlier tasks speed up a search. A {@link io.homeostat.meta.method.Transfer} makes a sampler of the study
 * engine from a {@link io.homeostat.meta.transfer.Past}; {@link io.homeostat.meta.method.TransferSpec} knows them by name.
 */
@NullMarked
package io.homeostat.meta.method;

import org.jspecify.annotations.NullMarked;
