/** Window profiles per partition, before the model key. */
@NullMarked
package io.homeostat.detector.profile;

import org.jspecify.annotations.NullMarked;
