package io.homeostat.study.option;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a sampler or pruner while it is made: each is asked for by name with its default and bounds, and in the
 * end {@link #done} refuses those nobody asked for.
 */
public final class Options {
    private final String path;
    private final Map<String, Object> values;
    private final TreeSet<String> asked = new TreeSet<>();

    /**
     * @param path where they stand, such as {@code sampler.tpe}; errors begin with it
     */
    public Options(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** All defaults. */
    public static Options none(String path) {
        return new Options(path, Map.of());
    }

    /** A whole number in [least, most]. */
    public int integer(String name, int otherwise, int least, int most) {
        return (int) whole(name, otherwise, least, most);
    }

    /** A whole number in [least, most]. */
    public long whole(String name, long otherwise, long least, long most) {
        Object raw = raw(name);
        if (raw == null) {
            return otherwise;
        }
        if (!(raw instanceof Number number) || number.doubleValue() != Math.rint(number.doubleValue())) {
            throw wrong(name, raw, "is not a whole number");
        }
        if (number.doubleValue() < least || number.doubleValue() > most) {
            throw wrong(name, raw, "is not in [" + least + ", " + most + "]");
        }
        return number.longValue();
    }

    /** A number in [least, most]. */
    public double number(String name, double otherwise, double least, double most) {
        Object raw = raw(name);
        if (raw == null) {
            return otherwise;
        }
        if (!(raw instanceof Number number)) {
            throw wrong(name, raw, "is not a number");
        }
        if (!(number.doubleValue() >= least && number.doubleValue() <= most)) {
            throw wrong(name, raw, "is not in [" + least + ", " + most + "]");
        }
        return number.doubleValue();
    }

    /** True or false. */
    public boolean flag(String name, boolean otherwise) {
        Object raw = raw(name);
        if (raw == null) {
            return otherwise;
        }
        if (raw instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, raw, "is not true or false");
    }

    /** One of a few words. */
    public String word(String name, String otherwise, List<String> allowed) {
        Object raw = raw(name);
        String word = raw == null ? otherwise : String.valueOf(raw);
        if (!allowed.contains(word)) {
            throw wrong(name, word, "is not one of " + String.join(", ", allowed));
        }
        return word;
    }

    /** Whether the option is given. */
    public boolean has(String name) {
        return raw(name) != null;
    }

    /** The option as it is written, such as a nested sampler; null if it is not given. */
    public @Nullable Object raw(String name) {
        asked.add(name);
        return values.get(name);
    }

    /** Where an option stands, such as {@code sampler.tpe.startupTrials}. */
    public String path(String name) {
        return path + "." + name;
    }

    /**
     * To be called when all options were asked for.
     *
     * @throws OptionException naming an option that was not, and those that were
     */
    public void done() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                String known = asked.isEmpty() ? "It has none" : "Known here: " + String.join(", ", asked);
                throw new OptionException(path(name), "is not known. " + known + ".");
            }
        }
    }

    private OptionException wrong(String name, Object raw, String problem) {
        return new OptionException(path(name), raw + " " + problem + ".");
    }
}
