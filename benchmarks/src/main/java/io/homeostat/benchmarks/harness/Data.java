package io.homeostat.benchmarks.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the public data sets are: the folder of the system property {@code homeostat.data}. */
public final class Data {
    private Data() {}

    /**
     * A file of the data folder. Errors: {@link IllegalStateException} with the path where it is absent, as a benchmark
     * without its data has nothing to say.
     */
    public static Path file(String relative) {
        Path folder = Path.of(System.getProperty("homeostat.data", "../shared/data"));
        Path path = folder.resolve(relative);
        if (!Files.isReadable(path)) {
            throw new IllegalStateException(
                    path + " cannot be read. Set HOMEOSTAT_DATA to the folder of the data sets.");
        }
        return path;
    }
}
