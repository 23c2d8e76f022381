package io.homeostat.model.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.homeostat.model.runtime.ModelException;
import java.lang.reflect.Field;

/**
 * The native handle of a booster. lightgbm4j keeps it private, and has no way of its own to change the parameters or the
 * rows of a training under way, which LightGBM can.
 */
final class BoosterHandle {
    private static final Field HANDLE = field();

    private BoosterHandle() {}

    private static Field field() {
        try {
            Field field = LGBMBooster.class.getDeclaredField("handle");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ModelException("lightgbm4j is not the version that Homeostat knows: it has no handle", e);
        }
    }

    /** Valid until the booster is closed. */
    static SWIGTYPE_p_void of(LGBMBooster booster) {
        try {
            return lightgbmlib.voidpp_value((SWIGTYPE_p_p_void) HANDLE.get(booster));
        } catch (IllegalAccessException e) {
            throw new ModelException("the handle of a LightGBM model cannot be read", e);
        }
    }
}
