package io.homeostat.detector.profile;

import io.homeostat.drift.statistics.profile.ProfileShape;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shapes of one model's open windows, numbered, so that a window is kept as its rows and the number of its shape. A
 * shape is kept once, with the windows: what the version's reference is later says nothing about them.
 */
final class HeldShapes {
    /** The number of a window without. */
    static final int NONE = -1;

    private final TreeMap<Integer, ProfileShape> shapes = new TreeMap<>();
    private int firstNew; // numbers below have been kept

    /** The number of a shape, a new one if there is none like it. */
    int hold(ProfileShape shape) {
        for (Map.Entry<Integer, ProfileShape> held : shapes.entrySet()) {
            if (held.getValue().equals(shape)) {
                held.setValue(shape); // after a restart all tasks share one again
                return held.getKey();
            }
        }
        int number = shapes.isEmpty() ? 0 : shapes.lastKey() + 1;
        shapes.put(number, shape);
        return number;
    }

    /** Puts one back under its number. */
    void put(int number, ProfileShape shape) {
        shapes.put(number, shape);
    }

    /** The shape of a number. Error: {@link IllegalStateException} if it is not here. */
    ProfileShape get(int number) {
        ProfileShape shape = shapes.get(number);
        if (shape == null) {
            throw new IllegalStateException(
                    "open windows: the shape " + number + " is not among those kept. The bytes are damaged.");
        }
        return shape;
    }

    /** All, by number. */
    SortedMap<Integer, ProfileShape> all() {
        return shapes;
    }

    /** Those that have come since {@link #markKept}. */
    SortedMap<Integer, ProfileShape> added() {
        return shapes.tailMap(firstNew);
    }

    /** Whether some may be forgotten. */
    boolean areSeveral() {
        return shapes.size() > 1;
    }

    /** Forgets all but these and the newest, which the next window will have, too. */
    void retain(Set<Integer> inUse) {
        shapes.headMap(shapes.lastKey()).keySet().retainAll(inUse);
    }

    /** All have been kept. */
    void markKept() {
        firstNew = shapes.isEmpty() ? 0 : shapes.lastKey() + 1;
    }
}
