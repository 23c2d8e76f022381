/**
 * Numbers that say what a tabular snapshot is like; see {@link io.homeostat.meta.metafeature.MetaFeatureBuilder}.
 */
@NullMarked
package io.homeostat.meta.metafeature;

import org.jspecify.annotations.NullMarked;
