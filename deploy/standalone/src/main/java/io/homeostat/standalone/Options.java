package io.homeostat.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command line: a command, its arguments, and {@code --name value} options. */
public final class Options {
    private static final Set<String> FLAGS = Set.of("stay", "help");

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    /**
     * Reads the words.
     *
     * @param known the option names that are understood
     */
    public Options(List<String> args, Set<String> known) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
                continue;
            }
            String name = arg.substring(2);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown option " + arg + "; known are "
                        + String.join(
                                ", ", known.stream().sorted().map(k -> "--" + k).toList()));
            }
            if (FLAGS.contains(name)) {
                options.put(name, "true");
            } else if (i + 1 < args.size()) {
                options.put(name, args.get(++i));
            } else {
                throw new IllegalArgumentException(arg + " needs a value");
            }
        }
    }

    /** The words that are no options. */
    public List<String> words() {
        return words;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public boolean flag(String name) {
        return options.containsKey(name);
    }

    /** A whole number within bounds. */
    public long number(String name, long otherwise, long low, long high) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value < low || value > high) {
                throw new IllegalArgumentException("--" + name + ": " + value + " is outside " + low + " to " + high);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + ": '" + text + "' is not a whole number", e);
        }
    }
}
