package io.homeostat.model.lightgbm;

import com.microsoft.ml.lightgbm.PredictionType;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import io.homeostat.model.runtime.ModelException;

/**
 * LightGBM's C interface for answers. lightgbm4j's own gives it room for two numbers a row, and a model of three classes
 * writes beyond that into memory that is not its own; here the room is what the model needs.
 */
final class NativeBooster {
    // LightGBM keeps the number of threads per process, not per call: a call that does not say 1 would let trainings
    // in the same process spread over all cores
    private static final String ONE_THREAD = "num_threads=1 verbosity=-1";
    private static final int ROW_MAJOR = 1;
    private static final int ALL_ITERATIONS = -1;

    private final SWIGTYPE_p_void handle;
    private final int outputs;

    private NativeBooster(SWIGTYPE_p_void handle) {
        this.handle = handle;
        this.outputs = number(out -> lightgbmlib.LGBM_BoosterGetNumClasses(handle, out));
    }

    /** Loads a model from LightGBM's text form. Errors: {@link ModelException}. */
    static NativeBooster load(String model) {
        NativeLibrary.load();
        SWIGTYPE_p_p_void place = lightgbmlib.new_voidpp();
        try {
            number(iterations -> lightgbmlib.LGBM_BoosterLoadModelFromString(model, iterations, place));
            return new NativeBooster(lightgbmlib.voidpp_value(place));
        } finally {
            lightgbmlib.delete_voidpp(place);
        }
    }

    private interface CallWithNumber {
        int call(SWIGTYPE_p_int out);
    }

    private static int number(CallWithNumber call) {
        SWIGTYPE_p_int out = lightgbmlib.new_intp();
        try {
            check(call.call(out));
            return lightgbmlib.intp_value(out);
        } finally {
            lightgbmlib.delete_intp(out);
        }
    }

    /** Numbers per answer. */
    int outputs() {
        return outputs;
    }

    /** Answers rows one after the other; each answer has {@link #outputs} numbers. */
    double[] predict(double[] numbers, int rows, int columns) {
        long room = Math.multiplyExact((long) rows, outputs);
        SWIGTYPE_p_double in = lightgbmlib.new_doubleArray(numbers.length);
        SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(room);
        SWIGTYPE_p_long_long written = lightgbmlib.new_int64_tp();
        try {
            for (int i = 0; i < numbers.length; i++) {
                lightgbmlib.doubleArray_setitem(in, i, numbers[i]);
            }
            check(lightgbmlib.LGBM_BoosterPredictForMat(
                    handle,
                    lightgbmlib.double_to_voidp_ptr(in),
                    lightgbmlib.C_API_DTYPE_FLOAT64,
                    rows,
                    columns,
                    ROW_MAJOR,
                    PredictionType.C_API_PREDICT_NORMAL.getType(),
                    0,
                    ALL_ITERATIONS,
                    ONE_THREAD,
                    written,
                    out));
            double[] answers = new double[Math.toIntExact(room)];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = lightgbmlib.doubleArray_getitem(out, i);
            }
            return answers;
        } finally {
            lightgbmlib.delete_int64_tp(written);
            lightgbmlib.delete_doubleArray(out);
            lightgbmlib.delete_doubleArray(in);
        }
    }

    /** Frees its memory; to be called once, and nothing after it. */
    void free() {
        check(lightgbmlib.LGBM_BoosterFree(handle));
    }

    private static void check(int result) {
        if (result < 0) {
            throw new ModelException("LightGBM refused: " + lightgbmlib.LGBM_GetLastError());
        }
    }
}
