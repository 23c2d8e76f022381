/** Where model artifacts are kept: by the digest of their bytes. */
@NullMarked
package io.homeostat.model.artifact;

import org.jspecify.annotations.NullMarked;
