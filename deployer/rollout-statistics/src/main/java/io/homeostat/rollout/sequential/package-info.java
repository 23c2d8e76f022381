/** Tests and confidence sequences that stay valid however often one looks. */
@NullMarked
package io.homeostat.rollout.sequential;

import org.jspecify.annotations.NullMarked;
