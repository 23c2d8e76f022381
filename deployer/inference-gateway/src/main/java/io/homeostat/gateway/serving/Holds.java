package io.homeostat.gateway.serving;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses a thing, and ends it when the last one lets go. Born with one hold, its owner's. */
public final class Holds {
    private final AtomicInteger count = new AtomicInteger(1);
    private final Runnable end;

    public Holds(Runnable end) {
        this.end = end;
    }

    /** One more user; false when the thing has ended already. */
    public boolean take() {
        for (int seen = count.get(); seen > 0; seen = count.get()) {
            if (count.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /** One user less; the last one ends the thing. */
    public void letGo() {
        int left = count.decrementAndGet();
        if (left == 0) {
            end.run();
        } else if (left < 0) {
            throw new IllegalStateException("let go more often than taken");
        }
    }
}
