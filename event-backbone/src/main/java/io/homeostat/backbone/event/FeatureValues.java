package io.homeostat.backbone.event;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row's features, in order: finite numbers, texts or null by name, and by place without a look-up. Rows of one model share
 * their names, so a row is an array of numbers, and one of texts where it has any. Not to be changed.
 */
public final class FeatureValues extends AbstractMap<String, Object> {
    private final Names names;
    private final double[] numbers; // NaN where there is none
    private final @Nullable String @Nullable [] texts;

    FeatureValues(Names names, double[] numbers, @Nullable String @Nullable [] texts) {
        this.names = names;
        this.numbers = numbers;
        this.texts = texts;
    }

    /** The names of a row's features, in the order in which they were written; one object for many rows. */
    public static final class Names {
        private final String[] ordered;
        private final JsonNames written;
        private final Map<String, Integer> places;

        private Names(String[] ordered, Map<String, Integer> places) {
            this.ordered = ordered;
            this.written = JsonNames.of(ordered);
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

        /** How many there are. */
        public int size() {
            return ordered.length;
        }

        /** Where a feature stands; −1 if there is none of that name. */
        public int placeOf(String name) {
            return places.getOrDefault(name, -1);
        }

        /** Passes over the name that stands at a place, if the scanner is before it. */
        boolean isNext(int place, JsonScanner scanner) {
            return place < written.size() && scanner.skipName(written, place);
        }

        /** The first so many names, into an array that is large enough. */
        void copyTo(String[] target, int many) {
            System.arraycopy(ordered, 0, target, 0, many);
        }
    }

    /** The names. */
    public Names names() {
        return names;
    }

    /** The number at a place; NaN if there is a text or nothing. */
    public double number(int place) {
        return numbers[place];
    }

    /** The text at a place; null if there is a number or nothing. */
    public @Nullable String text(int place) {
        return texts == null ? null : texts[place];
    }

    /** Whether a feature is a text. */
    public boolean hasTexts() {
        return texts != null;
    }

    private @Nullable Object value(int place) {
        double number = numbers[place];
        return Double.isNaN(number) ? text(place) : (Object) number;
    }

    @Override
    @SuppressWarnings("NullAway") // a value may be null: a missing value is a fact, too
    public Object get(Object name) {
        Integer place = names.places.get(name);
        return place == null ? null : value(place);
    }

    @Override
    public boolean containsKey(Object name) {
        return names.places.containsKey(name);
    }

    @Override
    public int size() {
        return numbers.length;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return numbers.length;
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
                return next < numbers.length;
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Map.Entry<String, Object> next() {
                if (next >= numbers.length) {
                    throw new NoSuchElementException();
                }
                Map.Entry<String, Object> entry = new SimpleImmutableEntry<>(names.ordered[next], value(next));
                next++;
                return entry;
            }
        };
    }
}
