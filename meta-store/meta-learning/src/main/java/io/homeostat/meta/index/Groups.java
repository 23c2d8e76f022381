package io.homeostat.meta.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups of tasks that are there, by small numbers. */
final class Groups {
    private final Map<Group, Integer> numbers = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Integer> members = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /**
     * Tasks of a model that were searched and written alike.
     *
     * @param model whose they are
     * @param layout of each
     */
    record Group(String model, Layout layout) {}

    /** The number of a group that has one more task. */
    int enter(Group group) {
        int number = numbers.computeIfAbsent(group, this::added);
        members.set(number, members.get(number) + 1);
        return number;
    }

    private int added(Group group) {
        if (free.isEmpty()) {
            groups.add(group);
            members.add(0);
            return groups.size() - 1;
        }
        int number = free.pop();
        groups.set(number, group);
        return number;
    }

    /** One task less. */
    void leave(int number) {
        members.set(number, members.get(number) - 1);
        if (members.get(number) == 0) {
            numbers.remove(groups.get(number));
            free.push(number);
        }
    }

    /** The group with a number, which is the same object for all its tasks. */
    Group get(int number) {
        return groups.get(number);
    }

    /** Numbers are below this. */
    int bound() {
        return groups.size();
    }

    /** Groups that have tasks, each with how many. */
    Map<Group, Integer> sizes() {
        Map<Group, Integer> sizes = new HashMap<>();
        numbers.forEach((group, number) -> sizes.put(group, members.get(number)));
        return sizes;
    }
}
