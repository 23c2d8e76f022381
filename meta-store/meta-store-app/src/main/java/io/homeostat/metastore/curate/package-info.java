/** Which lessons are kept: each once, joined with the outcome in production, the newest ones of each model. */
@NullMarked
package io.homeostat.metastore.curate;

import org.jspecify.annotations.NullMarked;
