/** What a window of a model's traffic looked like, and what it is compared with: sketches, frozen bins, categories, references. */
@NullMarked
package io.homeostat.drift.statistics.profile;

import org.jspecify.annotations.NullMarked;
