/** From events to lessons: what one finished study or one ended rollout teaches. */
@NullMarked
package io.homeostat.metastore.record;

import org.jspecify.annotations.NullMarked;
