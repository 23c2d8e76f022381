package io.homeostat.model.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.homeostat.model.runtime.ModelException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads LightGBM's native library once per process, from a directory of its own.
 *
 * <p>lightgbm4j unpacks the library under a fixed name into {@code java.io.tmpdir} and writes over what is there, which
 * kills (SIGBUS) another process that runs from the same file. It offers no other directory, so the property points to a
 * fresh one for the moment of unpacking, and back. The JDK's own temporary files are not touched by that: it reads the
 * property at its start only. Once mapped, the files are deleted; where the system forbids that (Windows), at exit.
 */
final class NativeLibrary {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static boolean loaded;

    private NativeLibrary() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        String before = System.getProperty(TEMPORARY);
        try {
            Path own = Files.createTempDirectory("homeostat-lightgbm");
            System.setProperty(TEMPORARY, own.toString());
            LGBMBooster.loadNative();
            delete(own);
        } catch (IOException | LinkageError e) {
            throw new ModelException(
                    "LightGBM's native library cannot be loaded: " + e.getMessage()
                            + ". On Linux it needs libgomp (package libgomp1).",
                    e);
        } finally {
            System.setProperty(TEMPORARY, before);
        }
        loaded = true;
    }

    private static void delete(Path directory) {
        File[] files = directory.toFile().listFiles();
        // deletions at exit run in reverse order, so the directory is named first
        directory.toFile().deleteOnExit();
        for (File file : files == null ? new File[0] : files) {
            if (!file.delete()) {
                file.deleteOnExit();
            }
        }
    }
}
