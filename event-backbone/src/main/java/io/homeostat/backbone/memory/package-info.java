/** The memory's records in the words of transfer. */
@NullMarked
package io.homeostat.backbone.memory;

import org.jspecify.annotations.NullMarked;
