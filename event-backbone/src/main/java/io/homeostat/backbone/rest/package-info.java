/** What all services' APIs have in common. */
@NullMarked
package io.homeostat.backbone.rest;

import org.jspecify.annotations.NullMarked;
