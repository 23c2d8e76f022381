/** The demonstration: the whole mission in two minutes. */
@NullMarked
package io.homeostat.standalone.demo;

import org.jspecify.annotations.NullMarked;
