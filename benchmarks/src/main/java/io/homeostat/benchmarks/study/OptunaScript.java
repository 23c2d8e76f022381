package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Scripts around Optuna, by the system's Python, which has Debian's; each computes on one thread. */
final class OptunaScript {
    private OptunaScript() {}

    /** A script of this package, not started yet; what it complains of is passed over. */
    static ProcessBuilder of(String resource, String... arguments) throws IOException {
        try (InputStream stream = OptunaScript.class.getResourceAsStream(resource)) {
            byte[] script = Objects.requireNonNull(stream, resource).readAllBytes();
            return text(new String(script, StandardCharsets.UTF_8), arguments);
        }
    }

    /** A script, not started yet. */
    static ProcessBuilder text(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
