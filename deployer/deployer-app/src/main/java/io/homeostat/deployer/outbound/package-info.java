/** What is said to other systems over HTTP: bounded in time and size, signed, with secrets from the settings alone. */
@NullMarked
package io.homeostat.deployer.outbound;

import org.jspecify.annotations.NullMarked;
