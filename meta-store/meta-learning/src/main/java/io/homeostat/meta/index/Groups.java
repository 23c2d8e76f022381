package io.homeostat.meta.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups of tasks that are there, by small numbers. */
final class Groups {
    private static final int LEAST_BOXED = 16; // fewer tasks are sooner looked at than their box

    private final Map<Group, Integer> numbers = new HashMap<>();
    private final List<Members> all = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /**
     * Tasks of a model that were searched and written alike.
     *
     * @param model whose they are
     * @param layout of each
     */
    record Group(String model, Layout layout) {}

    /** A group's tasks by their slots, and, where they are many, between which values their features lie. */
    static final class Members {
        private final Group group;
        private int[] slots = new int[1];
        private int size;
        private volatile @Nullable Box box; // drawn anew by who asks, while others do

        private Members(Group group) {
            this.group = group;
        }

        /** What they have in common: the same object for all. */
        Group group() {
            return group;
        }

        int size() {
            return size;
        }

        int slot(int i) {
            return slots[i];
        }

        /** A box around all of them, and maybe around some that left; null where they are few. */
        @Nullable
        Box box() {
            return box;
        }

        private void add(int slot) {
            slots = size < slots.length ? slots : Arrays.copyOf(slots, 2 * size);
            slots[size++] = slot;
        }

        private int indexOf(int slot) {
            int i = 0;
            while (slots[i] != slot) {
                i++;
            }
            return i;
        }
    }

    /** The number of a group that has one more task. */
    int enter(Group group, int slot) {
        int number = numbers.computeIfAbsent(group, this::added);
        all.get(number).add(slot);
        return number;
    }

    private int added(Group group) {
        if (free.isEmpty()) {
            all.add(new Members(group));
            return all.size() - 1;
        }
        int number = free.pop();
        all.set(number, new Members(group));
        return number;
    }

    /** Has the box of a slot's group hold the row of the slot. */
    void widen(int number, int slot, FeatureRows features) {
        Members members = all.get(number);
        if (members.box != null) {
            features.include(slot, members.box);
        } else if (members.size >= LEAST_BOXED) {
            box(members, features);
        }
    }

    /** Draws all boxes anew, each as narrow as it can be. */
    void boxAll(FeatureRows features) {
        for (Members members : all) {
            if (members.box != null) {
                box(members, features);
            }
        }
    }

    private static void box(Members members, FeatureRows features) {
        Box box = new Box();
        for (int i = 0; i < members.size; i++) {
            features.include(members.slots[i], box);
        }
        members.box = box;
    }

    /** One task less; looks for it among all of its group. */
    void leave(int number, int slot) {
        Members members = all.get(number);
        members.slots[members.indexOf(slot)] = members.slots[--members.size];
        if (members.size == 0) {
            numbers.remove(members.group);
            free.push(number);
        }
    }

    /** A task has another slot now. */
    void move(int number, int from, int to) {
        Members members = all.get(number);
        members.slots[members.indexOf(from)] = to;
    }

    /** The group with a number. */
    Group get(int number) {
        return all.get(number).group;
    }

    /** All groups by their numbers; some may be empty. */
    List<Members> all() {
        return all;
    }

    /** Groups that have tasks, each with how many. */
    Map<Group, Integer> sizes() {
        Map<Group, Integer> sizes = new HashMap<>();
        numbers.forEach((group, number) -> sizes.put(group, all.get(number).size));
        return sizes;
    }
}
