/** What people can ask and say over HTTP. */
@NullMarked
package io.homeostat.deployer.api;

import org.jspecify.annotations.NullMarked;
