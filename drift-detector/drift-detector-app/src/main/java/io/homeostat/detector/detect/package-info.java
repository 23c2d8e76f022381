/** The monitor of each model, hosted: windows merged, outcomes followed, alarms raised. */
@NullMarked
package io.homeostat.detector.detect;

import org.jspecify.annotations.NullMarked;
