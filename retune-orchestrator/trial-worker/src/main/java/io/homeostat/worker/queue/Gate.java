package io.homeostat.worker.queue;

import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets workers take tasks, or not. Once {@link #close} has returned, nothing is taken that was not begun before. */
final class Gate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private boolean open = true;

    void open() {
        set(true);
    }

    void close() {
        set(false);
    }

    private void set(boolean now) {
        lock.writeLock().lock();
        try {
            open = now;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is taken, if the gate is open. */
    <T> Optional<T> pass(Supplier<Optional<T>> take) {
        lock.readLock().lock();
        try {
            return open ? take.get() : Optional.empty();
        } finally {
            lock.readLock().unlock();
        }
    }

    boolean isOpen() {
        lock.readLock().lock();
        try {
            return open;
        } finally {
            lock.readLock().unlock();
        }
    }
}
