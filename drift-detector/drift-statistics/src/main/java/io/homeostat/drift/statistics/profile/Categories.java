package io.homeostat.drift.statistics.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The categories that a reference counts one by one, frozen: for categories what {@link BinEdges} is for numbers. The
 * windows of a reference share it.
 */
final class Categories {
    /** None known; whatever comes is worth a name. */
    static final Categories NONE = new Categories(List.of(), true);

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean complete;

    private Categories(List<String> sorted, boolean complete) {
        this.names = sorted;
        this.complete = complete;
        for (int i = 0; i < sorted.size(); i++) {
            places.put(sorted.get(i), i);
        }
    }

    /**
     * These categories.
     *
     * @param complete whether the reference had no others, so that any other one is new
     */
    static Categories of(Collection<String> names, boolean complete) {
        return new Categories(Collections.unmodifiableList(new ArrayList<>(new TreeSet<>(names))), complete);
    }

    /** Where a category stands; −1 if it is not among them. */
    int placeOf(String name) {
        Integer place = places.get(name);
        return place == null ? -1 : place;
    }

    List<String> names() {
        return names;
    }

    boolean complete() {
        return complete;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Categories that && complete == that.complete && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }
}
