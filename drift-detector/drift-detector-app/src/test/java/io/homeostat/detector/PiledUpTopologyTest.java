package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Progress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has piled up before a model is watched is in its windows, though one partition is read hours ahead of another. As the
 * driver has one partition of each topic, the records stand for those of two others.
 */
class PiledUpTopologyTest {
    private static final int WINDOWS = 20;
    private static final int ROWS_PER_WINDOW = 20;
    private static final Duration WINDOW = Duration.ofMinutes(20);

    @TempDir
    Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DetectorDriver detector;

    @BeforeEach
    void start() {
        Metrics.globalRegistry.add(meters);
        detector = new DetectorDriver(state, TOPICS, DetectorDriver.PATIENCE);
    }

    @AfterEach
    void stop() {
        detector.close();
        Metrics.globalRegistry.remove(meters);
    }

    private void register(String labels) {
        detector.register("{model: m, task: binary, features: {x: numeric}, source: {" + labels + "},"
                + " watch: {window: 20m}}");
    }

    /** The rows of some windows, as a task writes them that maps a partition of the user's own. */
    private void windows(int from, int to, int partition) {
        for (int i = from * ROWS_PER_WINDOW; i < to * ROWS_PER_WINDOW; i++) {
            Instant at = T0.plus(WINDOW.multipliedBy(i).dividedBy(ROWS_PER_WINDOW));
            String id = "of " + partition + ": " + i;
            PredictionEvent event = DetectorDriver.prediction("m", id, at, Map.of("x", 1.0), "v1", "1");
            Record<String, String> record = new Record<>(
                    id, Json.text(event), 0, DeadLetters.standingFor("my.predictions:" + partition + ":" + i));
            Progress.stamp(record, detector.now().toEpochMilli());
            detector.send(TOPICS.predictions(), id, record.value(), (RecordHeaders) record.headers());
        }
    }

    private double count(String meter) {
        return meters.find("homeostat.detector." + meter).tag("model", "m").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void assertAllRowsAreIn(int rowsPerWindow) {
        Map<Instant, Long> rows = detector.read(TOPICS.profiles()).stream()
                .collect(Collectors.toMap(ProfileEvent::windowFrom, ProfileEvent::rows, (a, b) -> -1L, TreeMap::new));
        assertThat(detector.dead()).isEmpty();
        assertThat(rows).hasSize(WINDOWS + 1);
        assertThat(rows.values()).as("each window once, and whole").containsOnly((long) rowsPerWindow);
        assertThat(count("rows.late")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels: none", "labelHorizon: 30d"})
    void onePartitionIsReadBeforeTheOther(String labels) {
        // given
        register(labels);
        // when
        windows(0, WINDOWS + 1, 0);
        windows(0, WINDOWS + 1, 1);
        assertThat(detector.read(TOPICS.profiles())).isEmpty();
        detector.waitForTheLate();
        windows(WINDOWS + 1, WINDOWS + 2, 0);
        windows(WINDOWS + 1, WINDOWS + 2, 1);
        // then
        assertAllRowsAreIn(2 * ROWS_PER_WINDOW);
    }

    @Test
    void labelsThatAreReadBeforeTheFirstWindowHasEndedCount() {
        // given
        register("labelHorizon: 30d");
        windows(0, WINDOWS, 0);
        // when
        for (int i = 0; i < WINDOWS * ROWS_PER_WINDOW; i++) {
            Instant at = T0.plus(WINDOW.multipliedBy(i).dividedBy(ROWS_PER_WINDOW));
            detector.label("m", "of 0: " + i, "1", at.plusSeconds(1));
        }
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .as("the newest is not over")
                .hasSize(WINDOWS - 1)
                .allSatisfy(window -> assertThat(window.labelled()).isEqualTo(ROWS_PER_WINDOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels: none", "labelHorizon: 30d"})
    void whatPiledUpWhileTheDetectorStoodStillIsInItsWindows(String labels) {
        // given a model that is watched, and a night
        register(labels);
        windows(0, 1, 0);
        windows(0, 1, 1);
        detector.waitForTheLate();
        windows(1, 2, 0);
        windows(1, 2, 1);
        for (int minute = 0; minute < 600; minute++) {
            detector.waitForTheLate();
        }
        // when
        windows(2, WINDOWS + 2, 0);
        windows(2, WINDOWS + 2, 1);
        // then
        assertAllRowsAreIn(2 * ROWS_PER_WINDOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels: none", "labelHorizon: 30d"})
    void aPartitionThatIsHeardOfTooLateIsInWindowsOfItsOwnAndNothingIsLost(String labels) {
        // given
        register(labels);
        windows(0, WINDOWS + 2, 0);
        detector.waitForTheLate();
        windows(WINDOWS + 2, WINDOWS + 3, 0);
        assertThat(detector.read(TOPICS.profiles())).hasSize(WINDOWS + 2);
        // when: minutes later
        windows(0, WINDOWS + 2, 1);
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .hasSize(WINDOWS + 1)
                .allMatch(window -> window.rows() == ROWS_PER_WINDOW);
        assertThat(count("rows.late")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels: none", "labelHorizon: 30d"})
    void ofWhatHasAnEndAllWindowsAreThereThoughNothingMoreComes(String labels) {
        // given one partition that ends before the other
        register(labels);
        windows(0, WINDOWS + 2, 0);
        windows(0, WINDOWS - 5, 1);
        // when
        detector.waitForTheLate();
        assertThat(detector.read(TOPICS.profiles())).hasSize(WINDOWS - 6);
        detector.waitForTheLate();
        detector.waitForTheLate();
        // then
        assertThat(detector.read(TOPICS.profiles())).hasSize(7);
        assertThat(count("rows.late")).isZero();
    }

    @Test
    void moreWindowsThanMayBeOpenAreInTwoPartsAndNothingIsLost() {
        // given
        register("labels: none");
        int many = 150;
        windows(0, many, 0);
        // when
        windows(0, many, 1);
        detector.waitForTheLate();
        windows(many, many + 2, 0);
        windows(many, many + 2, 1);
        // then
        Map<Instant, List<Long>> rows = detector.read(TOPICS.profiles()).stream()
                .collect(Collectors.groupingBy(
                        ProfileEvent::windowFrom,
                        TreeMap::new,
                        Collectors.mapping(ProfileEvent::rows, Collectors.toList())));
        assertThat(rows).hasSize(many + 1);
        assertThat(rows.values())
                .allSatisfy(parts ->
                        assertThat(parts.stream().mapToLong(r -> r).sum()).isEqualTo(2L * ROWS_PER_WINDOW));
        assertThat(rows.values()).filteredOn(parts -> parts.size() == 1).hasSizeGreaterThan(20);
        assertThat(count("rows.late")).isZero();
        assertThat(count("rows.unprofiled")).isZero();
    }

    @Test
    void ofAWindowInTwoPartsNoneIsLostThoughAReferenceWasLearnedBetweenThem() {
        // given: what comes first is told early, as there is room for few windows with samples
        detector.close();
        detector = new DetectorDriver(state, new Topics("homeostat", 2, (short) 1), DetectorDriver.PATIENCE);
        detector.register("{model: m, task: binary, features: {x: numeric}, source: {labels: none},"
                + " watch: {window: 20m, reference: {rows: 200, time: 0s}}}");
        int many = 40;
        windows(0, many, 0);
        assertThat(detector.read(TOPICS.references())).hasSize(1);
        // when
        windows(0, many, 1);
        detector.waitForTheLate();
        windows(many, many + 2, 0);
        windows(many, many + 2, 1);
        for (int minute = 0; minute < 60; minute++) {
            detector.waitForTheLate();
        }
        // then
        Map<Instant, Long> rows = detector.read(TOPICS.profiles()).stream()
                .collect(Collectors.groupingBy(
                        ProfileEvent::windowFrom, TreeMap::new, Collectors.summingLong(ProfileEvent::rows)));
        assertThat(rows).hasSize(many + 1);
        assertThat(rows.values()).containsOnly(2L * ROWS_PER_WINDOW);
        assertThat(count("windows.unmergeable")).isPositive();
    }
}
