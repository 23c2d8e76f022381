package io.homeostat.benchmarks.study;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What asking and telling takes in Optuna, measured by itself. */
final class OptunaSpeed {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int ROUNDS = 5;
    private static final int TIMED = 20;

    private OptunaSpeed() {}

    /** Milliseconds per trial of its multivariate TPE, one figure per round; none where it is not installed. */
    static List<Double> millis(int parameters, int trials) throws IOException {
        System.out.printf("Optuna's tpe, %d parameters, %,d trials: %d rounds …%n", parameters, trials, ROUNDS);
        ProcessBuilder builder =
                new ProcessBuilder(PYTHON, "-c", script(), "" + parameters, "" + trials, "" + ROUNDS, "" + TIMED);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        try {
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isBlank() ? List.of() : new ObjectMapper().readValue(answer, new TypeReference<>() {});
        } catch (IOException e) {
            return List.of(); // no Python
        }
    }

    private static String script() throws IOException {
        try (InputStream stream = OptunaSpeed.class.getResourceAsStream("optuna_speed.py")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
