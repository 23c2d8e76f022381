/** What is said on the topics: one record per event, validated in its constructor. */
@NullMarked
package io.homeostat.backbone.event;

import org.jspecify.annotations.NullMarked;
