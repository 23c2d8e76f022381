/** What a new search should try first, by all remembered tasks. */
@NullMarked
package io.homeostat.metastore.recommend;

import org.jspecify.annotations.NullMarked;
