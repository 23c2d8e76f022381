/** JSON in and out: unknown fields ignored, missing or wrong ones reported with their path. */
@NullMarked
package io.homeostat.backbone.serde;

import org.jspecify.annotations.NullMarked;
