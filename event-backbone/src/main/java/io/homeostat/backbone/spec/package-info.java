/** The model spec: what to watch, how to re-tune, how to roll out. */
@NullMarked
package io.homeostat.backbone.spec;

import org.jspecify.annotations.NullMarked;
