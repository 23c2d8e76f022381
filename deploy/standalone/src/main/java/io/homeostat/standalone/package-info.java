/** Everything in one JVM: broker, services, and the scenarios that show the loop. */
@NullMarked
package io.homeostat.standalone;

import org.jspecify.annotations.NullMarked;
