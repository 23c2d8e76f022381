package io.homeostat.gateway.emit;

import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Events to Kafka through a bounded queue that one thread drains every few milliseconds, so that no request ever waits for a
 * broker or wakes a thread. A topic that has no metadata is not asked again for ten seconds, so that one model's missing
 * topic does not hold up the others.
 */
public final class KafkaEventSink implements EventSink, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaEventSink.class);
    private static final int GATHER_MILLIS = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BlockingQueue<PredictionEvent> queue;
    private final Producer<String, byte[]> producer;
    private final UnaryOperator<String> topicOfModel;
    private final EventMeters meters;
    private final Map<String, Long> pausedSinceNanos = new HashMap<>();
    private final Thread thread = new Thread(this::drain, "gateway-events");
    private final AtomicLong lastWarnedNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private volatile boolean running = true;

    /**
     * @param producer sends; closed with the sink
     * @param capacity events that may wait, 1 or more
     * @param topicOfModel the topic of a model's predictions
     */
    public KafkaEventSink(
            Producer<String, byte[]> producer,
            int capacity,
            UnaryOperator<String> topicOfModel,
            MeterRegistry registry) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.producer = producer;
        this.topicOfModel = topicOfModel;
        this.meters = new EventMeters(registry);
        registry.gaugeCollectionSize("homeostat.gateway.events.waiting", List.of(), queue);
        thread.setDaemon(true);
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    @Override
    public void emit(PredictionEvent event) {
        if (!running || !queue.offer(event)) {
            meters.dropped(event);
        }
    }

    /** Sends what waits, for three seconds at most, and ends. */
    @Override
    public void close() {
        running = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        try {
            thread.join(2_000);
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
        queue.forEach(meters::dropped);
        queue.clear();
    }

    private void drain() {
        try {
            while (running || !queue.isEmpty()) {
                PredictionEvent event = queue.poll();
                if (event != null) {
                    send(event);
                } else {
                    Thread.sleep(GATHER_MILLIS);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Stops to send events");
        }
    }

    private void send(PredictionEvent event) {
        String topic = topicOfModel.apply(event.model());
        if (paused(topic)) {
            meters.dropped(event);
            return;
        }
        try {
            Future<?> unused = producer.send(record(topic, event), (metadata, error) -> {
                if (error == null) {
                    meters.emitted(event);
                } else {
                    failed(topic, event, error);
                }
            });
        } catch (InterruptException e) {
            meters.dropped(event);
            throw e;
        } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
            failed(topic, event, e);
        }
    }

    private boolean paused(String topic) {
        Long since = pausedSinceNanos.get(topic);
        if (since == null) {
            return false;
        }
        if (System.nanoTime() - since < PAUSE_NANOS) {
            return true;
        }
        pausedSinceNanos.remove(topic);
        return false;
    }

    private void failed(String topic, PredictionEvent event, Exception error) {
        meters.dropped(event);
        warn(event.model(), topic, error);
        // a full buffer and missing metadata both end in a timeout on this thread; the callback has its own
        if (error instanceof TimeoutException && Thread.currentThread() == thread) {
            pausedSinceNanos.put(topic, System.nanoTime());
        }
    }

    private void warn(String model, String topic, Exception error) {
        long now = System.nanoTime();
        long before = lastWarnedNanos.get();
        // an outage drops thousands; the counter counts them, the log says it now and then
        if (now - before >= PAUSE_NANOS && lastWarnedNanos.compareAndSet(before, now)) {
            LOG.warnf("Events of %s are dropped; topic %s: %s", model, topic, error.getMessage());
        }
    }

    private static ProducerRecord<String, byte[]> record(String topic, PredictionEvent event) {
        return new ProducerRecord<>(
                topic, null, event.eventTime().toEpochMilli(), event.predictionId(), Json.bytes(event));
    }
}
