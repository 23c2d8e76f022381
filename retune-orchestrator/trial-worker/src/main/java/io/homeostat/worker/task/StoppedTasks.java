package io.homeostat.worker.task;

import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** Ids of tasks that a decision has stopped; the newest 10,000 of them. */
@Singleton
public class StoppedTasks {
    /** Tasks remembered; the oldest is forgotten first. */
    public static final int MOST = 10_000;

    private final Set<String> ids = new LinkedHashSet<>();

    /** Remembers a stopped task. */
    public synchronized void add(String taskId) {
        ids.remove(taskId);
        ids.add(taskId);
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
    }

    /** Whether the task was stopped. */
    public synchronized boolean contains(String taskId) {
        return ids.contains(taskId);
    }
}
