package io.homeostat.backbone.event;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row's features, in order: finite numbers, texts or null by name. Rows of one model share their names, so a row is an
 * array of values. Not to be changed.
 */
final class FeatureValues extends AbstractMap<String, Object> {
    private final Names names;
    private final @Nullable Object[] values;

    FeatureValues(Names names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** The names of a row's features, in the order in which they were written. */
    static final class Names {
        private final String[] ordered;
        private final byte[][] written;
        private final Map<String, Integer> places;

        private Names(String[] ordered, Map<String, Integer> places) {
            this.ordered = ordered;
            this.written = Arrays.stream(ordered)
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            this.places = places;
        }

        /** The first so many names of an array; empty if one is there twice. */
        static Optional<Names> of(String[] written, int size) {
            Map<String, Integer> places = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                if (places.put(written[i], i) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Names(Arrays.copyOf(written, size), places));
        }

        int size() {
            return ordered.length;
        }

        /** Whether the scanner's field has the name that stands at a place. */
        boolean isWritten(int place, JsonScanner scanner) {
            return place < written.length && scanner.isNamed(written[place]);
        }

        /** The first so many names, into an array that is large enough. */
        void copyTo(String[] target, int many) {
            System.arraycopy(ordered, 0, target, 0, many);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // a value may be null: a missing value is a fact, too
    public Object get(Object name) {
        Integer place = names.places.get(name);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(Object name) {
        return names.places.containsKey(name);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return entries();
            }
        };
    }

    private Iterator<Map.Entry<String, Object>> entries() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < values.length;
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Map.Entry<String, Object> next() {
                if (next >= values.length) {
                    throw new java.util.NoSuchElementException();
                }
                Map.Entry<String, Object> entry = new SimpleImmutableEntry<>(names.ordered[next], values[next]);
                next++;
                return entry;
            }
        };
    }
}
