package io.homeostat.standalone;

import io.homeostat.broker.EmbeddedBroker;
import io.homeostat.standalone.rollouts.RolloutCommands;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * {@code ./homeostat demo | up | replay}: starts the broker, then all services in the same process. The commands about
 * rollouts ask a process that runs already.
 */
@QuarkusMain
public final class Main {
    private static final String HELP = """
            Homeostat keeps production models in tune.

              ./homeostat demo [--stay] [--seed N] [--data DIR] [--port N]
                  the whole loop in about two minutes: drift, re-tune, canary, promotion, rollback
              ./homeostat up [--data DIR] [--port N] [--kafka-port N]
                  broker and all services; stays until stopped; data is kept in DIR (default .homeostat)
              ./homeostat replay FILE --label COLUMN [--spec FILE] [--train ROWS] [--label-lag ROWS]
                                 [--retune-lag ROWS] [--seed N] [--json FILE] [--data DIR] [--port N]
                  streams a CSV or ARFF file (also .gz) through the loop and reports

            Of a Homeostat that runs (--url URL, default http://127.0.0.1:8080):
              ./homeostat rollouts
                  every model's newest rollout
              ./homeostat rollout MODEL
                  one in full: evidence, route, targets, decisions
              ./homeostat promote|hold|resume|abort|rollback MODEL --by WHO --reason WHY
                  orders it; who and why stand in the ledger
            """;

    private Main() {}

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.isEmpty() || words.contains("--help") || words.get(0).equals("help")) {
            System.out.print(HELP);
            return;
        }
        try {
            System.exit(run(words.get(0), words.subList(1, words.size())));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("homeostat: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int run(String command, List<String> args) {
        Options options = new Options(args, known(command));
        if (RolloutCommands.include(command)) {
            RolloutCommands.run(command, options, Instant.now(), System.out);
            return 0;
        }
        // wrong words are told before anything starts
        App.Scenario scenario = App.scenario(command, options);
        Path data = options.text("data").map(Path::of).orElseGet(() -> defaultData(command));
        boolean keep = options.text("data").isPresent() || command.equals("up");
        int kafkaPort = (int) options.number("kafka-port", 0, 0, 65_535);
        Settings.apply(command, options, data);
        App.next(scenario);
        AtomicInteger exit = new AtomicInteger();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"), kafkaPort)) {
            System.setProperty("kafka.bootstrap.servers", broker.bootstrapServers());
            Quarkus.run(App.class, (code, problem) -> {
                exit.set(code);
                if (problem != null) {
                    System.err.println("homeostat: " + rootMessage(problem));
                }
            });
        } finally {
            if (!keep) {
                delete(data);
            }
        }
        return exit.get();
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static Set<String> known(String command) {
        if (RolloutCommands.include(command)) {
            return RolloutCommands.options(command);
        }
        return switch (command) {
            case "demo" -> Set.of("stay", "seed", "data", "port", "kafka-port");
            case "up" -> Set.of("data", "port", "kafka-port");
            case "replay" ->
                Set.of(
                        "label",
                        "spec",
                        "train",
                        "label-lag",
                        "retune-lag",
                        "seed",
                        "json",
                        "data",
                        "port",
                        "kafka-port");
            default ->
                throw new IllegalArgumentException(
                        "'" + command + "' is not a command; there are demo, up, replay, rollouts, rollout, promote,"
                                + " hold, resume, abort, rollback and help");
        };
    }

    private static Path defaultData(String command) {
        if (command.equals("up")) {
            return Path.of(".homeostat");
        }
        try {
            return Files.createTempDirectory("homeostat-" + command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("homeostat: " + directory + " could not be removed: " + e.getMessage());
        }
    }
}
