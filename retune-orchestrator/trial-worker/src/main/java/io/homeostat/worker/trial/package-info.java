/** One configuration fitted, judged on the validation rows step by step. */
@NullMarked
package io.homeostat.worker.trial;

import org.jspecify.annotations.NullMarked;
