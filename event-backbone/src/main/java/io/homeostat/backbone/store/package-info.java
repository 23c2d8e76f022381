/** State kept on the heap and written at every commit. */
@NullMarked
package io.homeostat.backbone.store;

import org.jspecify.annotations.NullMarked;
