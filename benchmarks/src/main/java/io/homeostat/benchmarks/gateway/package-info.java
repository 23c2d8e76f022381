/** The data path: what the gateway adds to a call, beside proxies, and how fast a bad candidate is taken back. */
@NullMarked
package io.homeostat.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
