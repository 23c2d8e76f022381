/** The JSON of the Open Inference Protocol v2: requests read in one pass, answers written in one pass. */
@NullMarked
package io.homeostat.gateway.protocol;

import org.jspecify.annotations.NullMarked;
