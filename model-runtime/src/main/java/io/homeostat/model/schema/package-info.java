/** What turns rows into a model's numbers, and a model's numbers into answers, whatever runs it. */
@NullMarked
package io.homeostat.model.schema;

import org.jspecify.annotations.NullMarked;
