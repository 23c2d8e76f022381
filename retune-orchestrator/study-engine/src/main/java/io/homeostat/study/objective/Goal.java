package io.homeostat.study.objective;

import java.util.Comparator;

/** Whether less or more is better. */
public enum Goal {
    MINIMIZE,
    MAXIMIZE;

    /** Whether {@code a} is strictly better than {@code b}. */
    public boolean better(double a, double b) {
        return this == MINIMIZE ? a < b : a > b;
    }

    /** The better of two values. */
    public double best(double a, double b) {
        return this == MINIMIZE ? Math.min(a, b) : Math.max(a, b);
    }

    /** The value so that less is better: itself, or its negative. */
    public double minimized(double value) {
        return this == MINIMIZE ? value : -value;
    }

    /** Best values first. */
    public Comparator<Double> bestFirst() {
        return this == MINIMIZE ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    /** Reads {@code minimize} or {@code maximize}, in any case. */
    public static Goal parse(String text) {
        for (Goal goal : values()) {
            if (goal.name().equalsIgnoreCase(text)) {
                return goal;
            }
        }
        throw new IllegalArgumentException("goal: \"" + text + "\" is not known. Write minimize or maximize.");
    }
}
