/** Copies of the compacted topics, for who asks. */
@NullMarked
package io.homeostat.deployer.copy;

import org.jspecify.annotations.NullMarked;
