/** Models in the open format ONNX, answered by ONNX Runtime in this process. */
@NullMarked
package io.homeostat.model.onnx;

import org.jspecify.annotations.NullMarked;
