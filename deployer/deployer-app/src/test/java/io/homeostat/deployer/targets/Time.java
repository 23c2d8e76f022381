package io.homeostat.deployer.targets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so, and does what is due on the way. */
final class Time extends Clock implements Timer {
    private record Due(Instant at, int order, Runnable work) {}

    private final PriorityQueue<Due> planned =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private Instant now = Routes.T0;
    private int order;

    @Override
    public Planned in(Duration delay, Runnable work) {
        Due due = new Due(now.plus(delay), order++, work);
        planned.add(due);
        return () -> planned.remove(due);
    }

    void pass(Duration howLong) {
        Instant until = now.plus(howLong);
        while (!planned.isEmpty() && !planned.peek().at().isAfter(until)) {
            Due due = planned.poll();
            now = due.at();
            due.work().run();
        }
        now = until;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
