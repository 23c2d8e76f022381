/** Recorded data: CSV and ARFF files, read in order. */
@NullMarked
package io.homeostat.standalone.dataset;

import org.jspecify.annotations.NullMarked;
