package io.homeostat.benchmarks.study;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Optuna in a process of its own, asked and told over its standard input and output; one study at a time. */
final class OptunaPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    OptunaPeer() throws IOException {
        process = OptunaScript.of("optuna_peer.py").start();
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Its version; empty where it is not installed. */
    static String version() {
        try {
            Process process = OptunaScript.text("import optuna, cmaes; print(optuna.__version__)")
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            return "";
        }
    }

    /** Starts a study with one objective and asks for its first configuration. */
    Configuration start(Space space, String sampler, long seed) throws IOException {
        return start(space, sampler, 1, seed);
    }

    /** Starts a study with so many objectives, all to be minimised, and asks for its first configuration. */
    Configuration start(Space space, String sampler, int objectives, long seed) throws IOException {
        return answer(
                space,
                JSON.writeValueAsString(
                        Map.of("space", space.toMap(), "sampler", sampler, "objectives", objectives, "seed", seed)));
    }

    /** Starts a study with one objective that tries some configurations first, and asks for its first one. */
    Configuration start(Space space, String sampler, List<Configuration> first, long seed) throws IOException {
        List<Map<String, Object>> enqueue =
                first.stream().map(Configuration::values).toList();
        return answer(
                space,
                JSON.writeValueAsString(Map.of(
                        "space",
                        space.toMap(),
                        "sampler",
                        sampler,
                        "objectives",
                        1,
                        "seed",
                        seed,
                        "enqueue",
                        enqueue)));
    }

    /** Tells the values of the last configuration and asks for the next. */
    Configuration next(Space space, double... values) throws IOException {
        return answer(space, Arrays.toString(values));
    }

    private Configuration answer(Space space, String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("Optuna ended with " + process.onExit().join().exitValue() + " after: " + line);
        }
        return space.validate(JSON.readValue(answer, new TypeReference<Map<String, Object>>() {}));
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
