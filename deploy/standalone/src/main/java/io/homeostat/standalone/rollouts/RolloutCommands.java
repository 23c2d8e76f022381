package io.homeostat.standalone.rollouts;

import io.homeostat.standalone.Options;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code rollouts}, {@code rollout MODEL} and the orders: what a person asks of a running Homeostat. */
public final class RolloutCommands {
    /** What can be ordered. */
    private static final Set<String> ORDERS = Set.of("promote", "hold", "resume", "abort", "rollback");

    private static final String HERE = "http://127.0.0.1:8080";

    private RolloutCommands() {}

    /** Whether a command is one of these. */
    public static boolean include(String command) {
        return command.equals("rollouts") || command.equals("rollout") || ORDERS.contains(command);
    }

    /** The options that a command knows. */
    public static Set<String> options(String command) {
        return ORDERS.contains(command) ? Set.of("url", "by", "reason") : Set.of("url");
    }

    /** Carries a command out. Errors: {@link IllegalArgumentException} about its words, {@link IllegalStateException} about the answer. */
    public static void run(String command, Options options, Instant now, PrintStream out) {
        URI url = URI.create(options.text("url").orElse(HERE));
        RolloutClient client = new RolloutClient(url);
        RolloutText text = new RolloutText(now);
        if (command.equals("rollouts")) {
            words(command, options, 0);
            print(text.all(client.all()), out);
            return;
        }
        String model = words(command, options, 1).get(0);
        if (command.equals("rollout")) {
            print(text.one(client.one(model)), out);
            return;
        }
        String who = needed(command, options, "by", "WHO");
        String why = needed(command, options, "reason", "WHY");
        client.order(model, command, who, why);
        out.println("Passed on: " + command + " of " + model + " by " + who + ", because " + why
                + ". What came of it: ./homeostat rollout " + model);
    }

    private static List<String> words(String command, Options options, int count) {
        if (options.words().size() != count) {
            throw new IllegalArgumentException(
                    count == 0
                            ? command + " takes no word; for one model: ./homeostat rollout MODEL"
                            : command + " needs the name of one model: ./homeostat " + command + " MODEL"
                                    + (ORDERS.contains(command) ? " --by WHO --reason WHY" : ""));
        }
        return options.words();
    }

    private static String needed(String command, Options options, String name, String what) {
        return options.text(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        command + " needs --" + name + " " + what + ": it stands in the ledger"));
    }

    private static void print(List<String> lines, PrintStream out) {
        lines.forEach(out::println);
    }
}
