/** What people ask and wish over HTTP. */
@NullMarked
package io.homeostat.retune.rest;

import org.jspecify.annotations.NullMarked;
