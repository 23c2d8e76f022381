/** The memory over HTTP. */
@NullMarked
package io.homeostat.metastore.api;

import org.jspecify.annotations.NullMarked;
