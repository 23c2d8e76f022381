package io.homeostat.standalone.replay;

import io.homeostat.standalone.Options;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to replay, and how.
 *
 * @param file the data
 * @param label its label column
 * @param spec a model spec in place of the one learned from the first rows
 * @param trainRows first rows that train the first champion; default 2,000
 * @param labelLagRows rows after which a label becomes known; default 0
 * @param retuneLagRows rows that pass while a re-tune runs; default 0: the rows wait
 * @param seed of everything random
 * @param json where the report is also written
 */
public record ReplayRequest(
        Path file,
        String label,
        Optional<Path> spec,
        int trainRows,
        int labelLagRows,
        int retuneLagRows,
        long seed,
        Optional<Path> json) {

    /** Reads the words. Errors: {@link IllegalArgumentException}. */
    public static ReplayRequest of(Options options) {
        if (options.words().size() != 1) {
            throw new IllegalArgumentException("replay takes one file: ./homeostat replay FILE --label COLUMN");
        }
        return new ReplayRequest(
                Path.of(options.words().get(0)),
                options.text("label").orElseThrow(() -> new IllegalArgumentException("replay needs --label COLUMN")),
                options.text("spec").map(Path::of),
                (int) options.number("train", 2000, 200, 10_000_000),
                (int) options.number("label-lag", 0, 0, 10_000_000),
                (int) options.number("retune-lag", 0, 0, 10_000_000),
                options.number("seed", 1, 0, Long.MAX_VALUE),
                options.text("json").map(Path::of));
    }
}
