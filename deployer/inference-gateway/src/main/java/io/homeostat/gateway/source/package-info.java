/** Where scorers come from: models run in this process, and model servers asked over HTTP. */
@NullMarked
package io.homeostat.gateway.source;

import org.jspecify.annotations.NullMarked;
