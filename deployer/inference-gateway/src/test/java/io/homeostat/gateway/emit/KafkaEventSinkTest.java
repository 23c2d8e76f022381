package io.homeostat.gateway.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.PredictionEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaEventSinkTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @Test
    void sendsInOrderByPredictionIdAtTheEventsTime() {
        // given
        KafkaEventSink sink = sink(10);
        sink.start();

        // when
        for (int i = 0; i < 5; i++) {
            sink.emit(event("p" + i, i < 2 ? "r-1" : null));
        }
        sink.close();

        // then
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("p0", "p1", "p2", "p3", "p4");
        assertThat(producer.history()).allSatisfy(r -> {
            assertThat(r.topic()).isEqualTo("predictions-of-loans");
            assertThat(r.timestamp()).isEqualTo(TIME.toEpochMilli());
        });
        assertThat(count("predictions")).isEqualTo(5);
        assertThat(count("rollout.predictions")).isEqualTo(2);
        assertThat(count("events.dropped")).isZero();
    }

    @Test
    void dropsAndCountsWhatDoesNotFitTheQueue() {
        // given: nobody drains yet
        KafkaEventSink sink = sink(3);

        // when
        for (int i = 0; i < 5; i++) {
            sink.emit(event("p" + i, null));
        }
        sink.start();
        sink.close();
        sink.emit(event("late", null));

        // then
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("p0", "p1", "p2");
        assertThat(count("events.dropped")).isEqualTo(3);
    }

    @Test
    void dropsAndCountsWhatKafkaDoesNotTakeAndDoesNotAskAgainAtOnce() {
        // given
        producer.sendException = new TimeoutException("no metadata");
        KafkaEventSink sink = sink(10);

        // when
        for (int i = 0; i < 4; i++) {
            sink.emit(event("p" + i, null));
        }
        sink.start();
        sink.close();

        // then
        assertThat(producer.history()).isEmpty();
        assertThat(count("events.dropped")).isEqualTo(4);
        assertThat(count("predictions")).isZero();
    }

    private KafkaEventSink sink(int capacity) {
        return new KafkaEventSink(producer, capacity, model -> "predictions-of-" + model, meters);
    }

    private double count(String name) {
        return meters.find("homeostat.gateway." + name).counters().stream()
                .mapToDouble(c -> c.count())
                .sum();
    }

    private static PredictionEvent event(String id, String rollout) {
        return new PredictionEvent(
                id, "loans", TIME, Map.of("a", 1.0), null, null, rollout, null, null, null, null, null, null, 1);
    }
}
