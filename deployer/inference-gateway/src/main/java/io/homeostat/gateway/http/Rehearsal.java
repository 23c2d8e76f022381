package io.homeostat.gateway.http;

import io.homeostat.backbone.serde.Check;
import jakarta.inject.Singleton;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Answers requests of its own before the gateway says that it is ready, so that users do not meet code that is interpreted
 * still: at thousands of requests a second it would fall behind by seconds. Ends when the compiler has hardly anything
 * left to do, at the latest after the time that the setting allows.
 */
@Singleton
class Rehearsal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final int USERS = 8;
    private static final int ANY_PORT = 0;
    private static final long LOOK_MILLIS = 500;
    private static final int QUIET_LOOKS = 4;
    private static final double QUIET_SHARE = 0.1;
    private static final int LAST_ANSWERS_SECONDS = 5;

    private final Duration most;
    private final Thread thread = new Thread(this::run, "gateway-rehearsal");
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final CountDownLatch gone = new CountDownLatch(USERS);
    private volatile boolean running = true;

    Rehearsal(@ConfigProperty(name = "homeostat.gateway.rehearsal") Duration most) {
        Check.that(
                !most.isNegative() && most.toMinutes() < 10,
                "homeostat.gateway.rehearsal",
                most + " is outside 0s to 10m");
        this.most = most;
        thread.setDaemon(true);
    }

    void start() {
        if (most.isZero()) {
            running = false;
        } else {
            thread.start();
        }
    }

    /** Whether it has ended. */
    boolean over() {
        return !running;
    }

    /** How many requests it has answered. */
    long answered() {
        return answered.get();
    }

    /** How many it could not answer; each ends one of its eight users. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        running = false;
    }

    private void run() {
        long start = System.nanoTime();
        try (RehearsalStage stage = RehearsalStage.open(ANY_PORT)) {
            for (int user = 0; user < USERS; user++) {
                ask(stage, user);
            }
            awaitQuiet(start);
            running = false;
            boolean unused = gone.await(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
            LOG.infof(
                    "Rehearsed %d requests in %.1f s, %d failed",
                    answered.get(), (System.nanoTime() - start) / 1e9, failed.get());
        } catch (Exception e) {
            LOG.warnf("Not rehearsed, the first requests will be slow: %s", e);
        } finally {
            running = false;
        }
    }

    private void ask(RehearsalStage stage, long number) {
        stage.ask(number).onComplete(status -> {
            boolean well = status.succeeded() && status.result() == 200;
            (well ? answered : failed).incrementAndGet();
            if (well && running) {
                ask(stage, number + USERS);
            } else {
                gone.countDown();
            }
        });
    }

    private void awaitQuiet(long start) throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        boolean timed = compiler != null && compiler.isCompilationTimeMonitoringSupported();
        long compiled = timed ? compiler.getTotalCompilationTime() : 0;
        int quiet = 0;
        while (running && quiet < QUIET_LOOKS && System.nanoTime() - start < most.toNanos()) {
            Thread.sleep(LOOK_MILLIS);
            long now = timed ? compiler.getTotalCompilationTime() : Long.MAX_VALUE;
            quiet = now - compiled < QUIET_SHARE * LOOK_MILLIS ? quiet + 1 : 0;
            compiled = now;
        }
    }
}
