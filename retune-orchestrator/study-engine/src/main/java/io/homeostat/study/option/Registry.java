package io.homeostat.study.option;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked for by name and options: samplers, pruners, ways of transfer.
 *
 * @param <T> what is made
 */
public final class Registry<T> {
    private final String kind;
    private final SortedMap<String, Function<Options, T>> factories = new TreeMap<>();

    /** @param kind what the names stand for, such as {@code sampler}; errors begin with it */
    public Registry(String kind) {
        this.kind = kind;
    }

    /** Registers a name with what makes it of its options. */
    public void put(String name, Function<Options, T> factory) {
        factories.put(name, factory);
    }

    /** The names, in order. */
    public List<String> names() {
        return List.copyOf(factories.keySet());
    }

    /**
     * Reads a name, or a map of one name to its options.
     *
     * @throws OptionException if it is neither
     */
    public Named parse(@Nullable Object raw) {
        return Named.parse(kind, raw);
    }

    /**
     * A name that is registered, with options that it takes.
     *
     * @throws OptionException naming the known names, or the option that is wrong
     */
    public Named checked(String name, Map<String, Object> options) {
        Named named = new Named(name, options);
        make(named.name(), named.options());
        return named;
    }

    /**
     * Makes one.
     *
     * @param name in lower case
     * @throws OptionException naming the known names, or the option that is wrong
     */
    public T make(String name, Map<String, Object> values) {
        Function<Options, T> factory = factories.get(name);
        if (factory == null) {
            throw new OptionException(
                    kind, "\"" + name + "\" is not known. Known: " + String.join(", ", factories.keySet()) + ".");
        }
        Options options = new Options(kind + "." + name, values);
        T made = factory.apply(options);
        options.done();
        return made;
    }
}
