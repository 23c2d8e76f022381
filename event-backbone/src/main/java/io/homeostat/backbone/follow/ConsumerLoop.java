package io.homeostat.backbone.follow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A thread that reads with a consumer until it is closed, and after a failure begins again with a new one. */
public final class ConsumerLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ConsumerLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long PATIENCE_MILLIS = 2_000;

    private final Supplier<? extends Consumer<String, byte[]>> consumers;
    private final Reading reading;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> consumer;

    /** What is done with the consumer. */
    public interface Reading {
        /** Says what to read. */
        void begin(Consumer<String, byte[]> consumer);

        /** Polls once. */
        void read(Consumer<String, byte[]> consumer);
    }

    /** A loop that does not run yet. */
    public ConsumerLoop(String name, Supplier<? extends Consumer<String, byte[]>> consumers, Reading reading) {
        this.consumers = consumers;
        this.reading = reading;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Waits on the loop's thread; false if the loop is being closed. */
    public boolean pause(Duration length) {
        try {
            return !ending.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        ending.countDown();
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean running() {
        return ending.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private void run() {
        while (running()) {
            try (Consumer<String, byte[]> open = consumers.get()) {
                consumer = open;
                reading.begin(open);
                while (running()) {
                    reading.read(open);
                }
            } catch (WakeupException e) {
                LOG.debugf("%s stops", thread.getName());
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed and starts again: %s", thread.getName(), e.getMessage());
                pause(AFTER_FAILURE);
            }
        }
    }
}
