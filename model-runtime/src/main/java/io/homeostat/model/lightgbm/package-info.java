/** LightGBM in this process: training one iteration at a time, artifacts, prediction. */
@NullMarked
package io.homeostat.model.lightgbm;

import org.jspecify.annotations.NullMarked;
