package io.homeostat.benchmarks.study;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What asking and telling takes in Optuna, measured by itself. */
final class OptunaSpeed {
    private static final int ROUNDS = 5;
    private static final int TIMED = 20;

    private OptunaSpeed() {}

    /** Milliseconds per trial of its multivariate TPE, one figure per round; none where it is not installed. */
    static List<Double> millis(int parameters, int trials) throws IOException {
        System.out.printf("Optuna's tpe, %d parameters, %,d trials: %d rounds …%n", parameters, trials, ROUNDS);
        ProcessBuilder script =
                OptunaScript.of("optuna_speed.py", "" + parameters, "" + trials, "" + ROUNDS, "" + TIMED);
        try {
            Process process = script.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isBlank() ? List.of() : new ObjectMapper().readValue(answer, new TypeReference<>() {});
        } catch (IOException e) {
            return List.of(); // no Python
        }
    }
}
