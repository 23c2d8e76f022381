package io.homeostat.standalone.demo;

import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.GatewayClient;
import io.homeostat.standalone.loop.GatewayClient.Ask;
import io.homeostat.standalone.loop.GatewayClient.Told;
import io.homeostat.standalone.traffic.Agrawal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Production-like traffic: applicants come at a steady rate, each gets an answer through the gateway, and what was right
 * becomes known a little later. Counts what was sent, answered, failed, and how often the answer was right.
 */
final class Traffic implements AutoCloseable {
    private static final int UNITS = 5_000;
    private static final int TICK_MILLIS = 10;
    private static final int MOST_IN_FLIGHT = 400;

    private final GatewayClient gateway;
    private final Feed feed;
    private final String model;
    private final Agrawal applicants;
    private final SplittableRandom random;
    private final int perSecond;
    private final Duration labelLag;
    private final AtomicInteger function;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "traffic"));
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final Queue<Truth> truths = new ConcurrentLinkedQueue<>();
    private final Quality quality = new Quality();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final long startNanos = System.nanoTime();
    private double owed;
    private long lastTickNanos = System.nanoTime();

    /**
     * @param function who decides about loans at first, 1 to 10
     * @param perSecond requests a second
     * @param labelLag how much later it is known what was right
     */
    Traffic(GatewayClient gateway, Feed feed, String model, long seed, int function, int perSecond, Duration labelLag) {
        this.function = new AtomicInteger(function);
        this.gateway = gateway;
        this.feed = feed;
        this.model = model;
        this.random = new SplittableRandom(seed);
        this.applicants = new Agrawal(random.split(), 0.05);
        this.perSecond = perSecond;
        this.labelLag = labelLag;
    }

    private static Thread daemon(Runnable r, String name) {
        Thread thread = new Thread(r, name);
        thread.setDaemon(true);
        return thread;
    }

    private record Truth(String predictionId, String label, Instant knownAt) {}

    void start() {
        lastTickNanos = System.nanoTime();
        clock.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on another function decides about loans. */
    void changeConcept(int toFunction) {
        function.set(toFunction);
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            owed = Math.min(owed + (now - lastTickNanos) / 1e9 * perSecond, perSecond);
            lastTickNanos = now;
            while (owed >= 1 && inFlight.tryAcquire()) {
                owed--;
                ask();
            }
            sayTruths();
        } catch (RuntimeException e) {
            firstFailure.compareAndSet(null, e);
        }
    }

    private void ask() {
        Agrawal.Application applicant = applicants.next(function.get());
        long number = sent.getAndIncrement();
        String id = "app-" + number;
        Ask ask = new Ask(id, "user-" + random.nextInt(UNITS), null, applicant.features());
        gateway.inferAsync(List.of(ask)).whenComplete((told, problem) -> {
            inFlight.release();
            if (problem != null) {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, problem);
                return;
            }
            answered(id, applicant.label(), told.get(0));
        });
    }

    private void answered(String id, String truth, Told told) {
        answered.incrementAndGet();
        quality.add((System.nanoTime() - startNanos) / 1e9, told.output().equals(truth));
        truths.add(new Truth(id, truth, Instant.now().plus(labelLag)));
    }

    private void sayTruths() {
        Instant now = Instant.now();
        for (Truth t = truths.peek(); t != null && !t.knownAt().isAfter(now); t = truths.peek()) {
            truths.remove();
            feed.label(model, t.predictionId(), t.label(), t.knownAt());
        }
    }

    Quality quality() {
        return quality;
    }

    long sent() {
        return sent.get();
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    @Nullable
    Throwable firstFailure() {
        return firstFailure.get();
    }

    double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
