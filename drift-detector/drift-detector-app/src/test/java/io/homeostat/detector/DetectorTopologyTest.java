package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.NOW;
import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of predictions and labels, good and bad ones. */
class DetectorTopologyTest {
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final String LOANS =
            "{model: loans, task: binary, source: {labelHorizon: 1h}, features: {salary: numeric, car: categorical}}";
    private static final Map<String, Object> FEATURES = Map.of("salary", 1.5, "car", "bmw");

    @TempDir
    Path state;

    private DetectorDriver detector;

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state, TOPICS, DetectorDriver.PATIENCE);
        detector.register(LOANS);
        detector.route("loans", "v1", null);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private void predict(String id, Instant at) {
        detector.prediction(DetectorDriver.prediction("loans", id, at, FEATURES, "v1", "1"));
    }

    private void label(String id, Object label, Instant at) {
        detector.label("loans", id, label, at);
    }

    /** After whatever came, a good pair joins. */
    private void assertGoesOn() {
        detector.labelled();
        predict("good", T0);
        label("good", 1, T0);
        assertThat(detector.labelled())
                .extracting(l -> l.prediction().predictionId())
                .containsExactly("good");
        assertThat(detector.dead()).isEmpty();
    }

    private DeadLetter onlyLetter(Reason reason) {
        List<DeadLetter> dead = detector.dead();
        assertThat(dead).extracting(DeadLetter::reason).containsExactly(reason);
        return dead.get(0);
    }

    @Test
    void aLabelJoinsItsPrediction() {
        // when
        predict("p1", T0);
        label("p1", 1, T0.plusSeconds(30));
        // then
        assertThat(detector.labelled())
                .containsExactly(new LabelledEvent(
                        DetectorDriver.prediction("loans", "p1", T0, FEATURES, "v1", "1"),
                        "1",
                        T0.plusSeconds(30),
                        false));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aLabelMayComeBeforeItsPrediction() {
        // when
        label("p1", "1", T0.plusSeconds(5));
        predict("p1", T0);
        // then
        assertThat(detector.labelled()).extracting(LabelledEvent::label).containsExactly("1");
        assertGoesOn();
    }

    @Test
    void aLabelMayBeLateByTheWholeHorizonAndNoMore() {
        // given
        predict("p1", T0);
        predict("p2", T0);
        // when
        label("p1", 1, T0.plus(HORIZON));
        label("p2", 1, T0.plus(HORIZON).plusMillis(1));
        // then
        assertThat(detector.labelled())
                .extracting(l -> l.prediction().predictionId())
                .containsExactly("p1");
        assertThat(onlyLetter(Reason.INVALID_TIME).message()).contains("labelHorizon");
    }

    @Test
    void aLabelBeyondTheHorizonIsSetAsideEvenIfItIsReadBeforeItsPrediction() {
        // when
        label("other", 1, T0);
        label("p1", 1, T0.plus(HORIZON).plusMillis(1));
        predict("p1", T0);
        // then
        assertThat(detector.labelled()).isEmpty();
        DeadLetter letter = onlyLetter(Reason.INVALID_TIME);
        assertThat(letter.topic()).isEqualTo(TOPICS.labels().name());
        assertThat(letter.offset()).isEqualTo(1);
    }

    @Test
    void aLabelWithoutPredictionIsSetAsideAfterTheHorizonWithWhereItWasRead() {
        // given
        predict("p0", T0);
        label("p0", 1, T0);
        label("lost", 1, T0);
        // when: the horizon has not passed yet
        predict("p1", T0.plus(HORIZON));
        assertThat(detector.dead()).isEmpty();
        // and when it has
        noLabelComesForMinutes(T0.plus(HORIZON));
        predict("p2", T0.plus(HORIZON).plusSeconds(2));
        // then
        DeadLetter letter = onlyLetter(Reason.LABEL_WITHOUT_PREDICTION);
        assertThat(letter.topic()).isEqualTo(TOPICS.labels().name());
        assertThat(letter.partition()).isZero();
        assertThat(letter.offset()).isEqualTo(1);
        assertThat(letter.key()).isEqualTo("lost");
        assertThat(letter.at()).isEqualTo(T0.plus(HORIZON).plusSeconds(2));
        detector.labelled();
        label("p2", 0, T0.plus(HORIZON).plusSeconds(3));
        assertThat(detector.labelled()).hasSize(1);
    }

    /** Their partition is not waited for any more. */
    private void noLabelComesForMinutes(Instant at) {
        for (int minute = 0; minute < 3; minute++) {
            detector.waitForTheLate();
            predict("minute " + minute, at);
        }
    }

    @Test
    void whatHasItsLabelIsForgottenAHorizonAfterItsPrediction() {
        // given: a label that comes when the model's time has moved on
        predict("p0", T0);
        predict("p1", T0.plus(HORIZON.dividedBy(2)));
        label("p0", 1, T0.plus(HORIZON.dividedBy(2)));
        noLabelComesForMinutes(T0.plus(HORIZON));
        assertThat(detector.kept()).isEqualTo(2 + 3);
        // when
        predict("p2", T0.plus(HORIZON).plusSeconds(2));
        // then: the others wait
        assertThat(detector.kept()).isEqualTo(2 + 3);
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void labelsThatAreReadFarAheadOfTheirPredictionsWaitForThem() {
        // given a backlog of a day, and the labels are read first
        predict("p", T0);
        detector.waitForTheLate();
        predict("q", T0);
        for (int hour = 0; hour < 24; hour++) {
            label("p" + hour, 1, T0.plus(Duration.ofHours(hour)));
        }
        // when
        for (int hour = 0; hour < 24; hour++) {
            predict("p" + hour, T0.plus(Duration.ofHours(hour)));
        }
        // then
        assertThat(detector.dead()).isEmpty();
        assertThat(detector.labelled()).hasSize(24);
    }

    @Test
    void aPredictionOlderThanItsModelsTimeWaitsForItsLabelAsLongAsAnyOther() {
        // given
        predict("p1", T0.plus(Duration.ofHours(3)));
        detector.waitForTheLate();
        // when
        predict("p2", T0);
        predict("p3", T0.plus(Duration.ofHours(3)).plusSeconds(2));
        label("p2", 1, T0.plusSeconds(1));
        // then
        assertThat(detector.dead()).isEmpty();
        assertThat(detector.labelled()).hasSize(1);
    }

    @Test
    void oneClockThatIsAheadDoesNotTakeTheWindowsOfTheOthers() {
        // given windows of a second, and a sender whose clock is ahead by more than as many windows as may be open
        detector.register("{model: quick, task: binary, source: {labels: none}, features: {x: numeric},"
                + " watch: {window: 1s}}");
        for (int i = 0; i < 100; i++) {
            Instant ahead = NOW.plusSeconds(60 + 30 * i);
            detector.prediction(DetectorDriver.prediction("quick", "a" + i, ahead, Map.of("x", 1.0), "v1", "1"));
        }
        // when
        detector.prediction(DetectorDriver.prediction("quick", "b", NOW, Map.of("x", 1.0), "v1", "1"));
        detector.waitForTheLate();
        detector.prediction(DetectorDriver.prediction("quick", "c", NOW.plusSeconds(30), Map.of("x", 1.0), "v1", "1"));
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .extracting(ProfileEvent::windowFrom, ProfileEvent::rows)
                .containsExactly(tuple(NOW, 101L));
    }

    @Test
    void aModelThatReplaysThePastDoesNotLoseItsLabelsToOneThatLivesNow() {
        // given
        detector.register("{model: past, task: binary, features: {x: numeric}}");
        predict("p1", T0);
        Instant then = Instant.parse("1996-05-07T00:00:00Z");
        // when
        detector.prediction(DetectorDriver.prediction("past", "q1", then, Map.of("x", 1.0), "v1", "1"));
        predict("p2", T0.plusSeconds(10));
        detector.label("past", "q1", 1, then.plusSeconds(1));
        // then
        assertThat(detector.labelled())
                .extracting(l -> l.prediction().predictionId())
                .containsExactly("q1");
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void anEventAheadOfTheWallClockDoesNotMoveTheModelsClock() {
        // given
        detector.register("{model: hasty, task: binary, source: {labelHorizon: 10m}, features: {x: numeric}}");
        detector.prediction(DetectorDriver.prediction("hasty", "p1", NOW, Map.of("x", 1.0), "v1", "1"));
        // when
        Instant ahead = NOW.plus(Duration.ofMinutes(59));
        detector.prediction(DetectorDriver.prediction("hasty", "p2", ahead, Map.of("x", 1.0), "v1", "1"));
        detector.label("hasty", "p1", 1, NOW.plusSeconds(5));
        // then
        assertThat(detector.labelled())
                .extracting(l -> l.prediction().predictionId())
                .containsExactly("p1");
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void theVersionOfFeatureRowsIsNobodyElses() {
        // when
        detector.prediction(DetectorDriver.prediction("loans", "p1", T0, FEATURES, "features", "1"));
        // then
        assertThat(onlyLetter(Reason.UNREADABLE).message()).startsWith("answer.modelVersion: 'features' stands for");
        assertGoesOn();
    }

    @Test
    void theSameLabelTwiceIsSetAside() {
        // when
        predict("p1", T0);
        label("p1", 1, T0);
        label("p1", true, T0.plusSeconds(1));
        // then
        assertThat(detector.labelled()).hasSize(1);
        assertThat(onlyLetter(Reason.DUPLICATE_LABEL).offset()).isEqualTo(1);
        assertGoesOn();
    }

    @Test
    void aContradictingLabelIsSetAsideAndACorrectionReplaces() {
        // given
        predict("p1", T0);
        label("p1", 1, T0);
        // when
        label("p1", 0, T0.plusSeconds(1));
        detector.label("loans", "p1", 0, T0.plusSeconds(2), 1);
        // then
        assertThat(detector.labelled())
                .extracting(LabelledEvent::label, LabelledEvent::correction)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("1", false),
                        org.assertj.core.groups.Tuple.tuple("0", true));
        assertThat(onlyLetter(Reason.CONTRADICTING_LABEL).message()).contains("correctionOf: '1'");
        assertGoesOn();
    }

    @Test
    void aCorrectionOfALabelThatWasNeverGivenIsAContradiction() {
        // given
        predict("p1", T0);
        label("p1", 1, T0);
        // when
        detector.label("loans", "p1", 0, T0, "2");
        // then
        onlyLetter(Reason.CONTRADICTING_LABEL);
        assertGoesOn();
    }

    @Test
    void aSecondPredictionOfTheSameIdIsSetAside() {
        // when
        predict("p1", T0);
        predict("p1", T0.plusSeconds(1));
        label("p1", 1, T0.plusSeconds(2));
        // then
        assertThat(detector.labelled())
                .extracting(l -> l.prediction().eventTime())
                .containsExactly(T0);
        DeadLetter letter = onlyLetter(Reason.DUPLICATE_PREDICTION);
        assertThat(letter.topic()).isEqualTo(TOPICS.predictions().name());
        assertThat(letter.offset()).isEqualTo(1);
        assertGoesOn();
    }

    @Test
    void whereNoLabelsAreAwaitedRowsAreProfiledAndNoneIsKept() {
        // given
        detector.register("{model: silent, task: binary, features: {age: numeric}, source: {labels: none},"
                + " watch: {window: 30s}}");
        // when
        for (int second = 0; second < 60; second++) {
            detector.prediction(DetectorDriver.prediction(
                    "silent", "s" + second, T0.plusSeconds(second), Map.of("age", 1.0 * second), "v1", "1"));
        }
        detector.label("silent", "s1", 1, T0);
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .extracting(ProfileEvent::windowFrom, ProfileEvent::rows)
                .containsExactly(tuple(T0, 30L));
        assertThat(detector.labelled()).isEmpty();
        assertThat(onlyLetter(Reason.LABEL_WITHOUT_PREDICTION).message()).contains("source.labels: none");
        assertThat(detector.kept()).isZero();
    }

    @Test
    void whatIsTooLongToBeKeptIsSaidAndStopsNothing() {
        // when
        label("p".repeat(100_000), 1, T0);
        predict("p1", T0);
        label("p1", "x".repeat(300), T0);
        detector.prediction(DetectorDriver.prediction("loans", "p2", T0, FEATURES, "v1", "y".repeat(300)));
        raw(
                "p3",
                T0.toString(),
                "{\"salary\":1,\"car\":\"" + "z".repeat(Topic.MOST_EVENT_BYTES) + "\"}",
                "\"modelVersion\":\"v1\"");
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        id -> assertThat(id).isEqualTo("predictionId: is longer than 256 characters; is it the id?"),
                        label -> assertThat(label).startsWith("label: 'xxx").contains("is longer than 256 characters"),
                        output -> assertThat(output).startsWith("answer.output: 'yyy"),
                        event -> assertThat(event).startsWith("has 2097").contains("at most 2097152 are read"));
        assertGoesOn();
    }

    @Test
    void aCorrectionOfWhatIsNoLabelIsSaid() {
        // given
        predict("p1", T0);
        label("p1", 1, T0);
        detector.labelled();
        // when
        detector.label("loans", "p1", 0, T0, List.of());
        // then
        assertThat(onlyLetter(Reason.UNREADABLE).message())
                .isEqualTo("correctionOf: is neither a text, a number nor a boolean");
        assertGoesOn();
    }

    @Test
    void anOriginThatSomebodyElseWroteStopsNothing() {
        // given a header that is ours by name only
        RecordHeaders forged = new RecordHeaders();
        forged.add("homeostat-stands-for", "a:b:c".getBytes(StandardCharsets.UTF_8));
        // when
        detector.send(TOPICS.predictions(), "p1", "{", forged);
        // then
        assertThat(onlyLetter(Reason.UNREADABLE).topic()).isEqualTo("unknown");
        assertGoesOn();
    }

    @Test
    void anUnknownModelIsSaid() {
        // when
        detector.prediction(DetectorDriver.prediction("nobody", "p1", T0, FEATURES, "v1", "1"));
        detector.label("nobody", "p1", 1, T0);
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::reason)
                .containsExactly(Reason.UNKNOWN_MODEL, Reason.UNKNOWN_MODEL);
        assertGoesOn();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"salary": 1}                        | INVALID_FEATURE | features.car: is missing
                    {"salary": "much", "car": "bmw"}     | INVALID_FEATURE | features.salary: 'much' is a text
                    {"salary": NaN, "car": "bmw"}        | UNREADABLE      | features.salary: NaN is not a finite number
                    {"salary": "NaN", "car": "bmw"}      | INVALID_FEATURE | features.salary: 'NaN' is a text
                    {"salary": Infinity, "car": "bmw"}   | UNREADABLE      | features.salary: Infinity is not a finite
                    {"salary": 1e999, "car": "bmw"}      | UNREADABLE      | features.salary: Infinity is not a finite
                    {"salary": [1], "car": "bmw"}        | UNREADABLE      | features.salary: is neither a number nor
                    """)
    void aFeatureThatDoesNotFitIsSaid(String features, Reason reason, String message) {
        // when
        raw("p1", T0.toString(), features, "\"modelVersion\":\"v1\",\"output\":\"1\"");
        // then
        DeadLetter letter = onlyLetter(reason);
        assertThat(letter.message()).startsWith(message);
        assertThat(letter.topic()).isEqualTo(TOPICS.predictions().name());
        assertGoesOn();
    }

    @Test
    void aFeatureWithoutValueIsWrittenAsNull() {
        // when
        raw("p1", T0.toString(), "{\"salary\": null, \"car\": null}", "\"modelVersion\":\"v1\",\"output\":\"1\"");
        label("p1", 1, T0);
        // then
        assertThat(detector.labelled()).hasSize(1);
        assertGoesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "'', UNREADABLE",
        "not json, UNREADABLE",
        "[], UNREADABLE",
        "null, UNREADABLE",
        "'{}', UNREADABLE",
        "'\"text\"', UNREADABLE",
    })
    void whatIsNoEventIsSaid(String text, Reason reason) {
        // when
        detector.send(TOPICS.predictions(), "p1", text);
        detector.send(TOPICS.labels(), "p1", text);
        // then
        assertThat(detector.dead()).extracting(DeadLetter::reason).containsExactly(reason, reason);
        assertGoesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "2199-01-01T00:00:00Z, INVALID_TIME",
        "+999999999-01-01T00:00:00Z, INVALID_TIME",
        "-999999999-01-01T00:00:00Z, INVALID_TIME",
        "1969-12-31T23:59:59Z, INVALID_TIME",
        "yesterday, UNREADABLE",
        "1e300, UNREADABLE",
    })
    void aTimeThatCannotBeIsSaid(String time, Reason reason) {
        // when
        raw("p1", time, "{\"salary\": 1, \"car\": \"bmw\"}", "\"modelVersion\":\"v1\",\"output\":\"1\"");
        detector.send(
                TOPICS.labels(),
                "p1",
                "{\"predictionId\":\"p1\",\"model\":\"loans\",\"label\":1,\"labelTime\":\"" + time + "\"}");
        // then
        assertThat(detector.dead()).extracting(DeadLetter::reason).containsExactly(reason, reason);
        assertGoesOn();
    }

    @Test
    void anAnswerThatCannotBeReadIsSaid() {
        // when
        detector.send(
                TOPICS.predictions(),
                "p1",
                "{\"predictionId\":\"p1\",\"model\":\"loans\",\"eventTime\":\"" + T0 + "\",\"features\":{}}");
        raw("p2", T0.toString(), "{\"salary\":1,\"car\":1}", "\"modelVersion\":\"" + "v".repeat(70_000) + "\"");
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("answer: is missing"),
                        m -> assertThat(m).startsWith("answer.modelVersion: is longer"));
        assertGoesOn();
    }

    @ParameterizedTest
    @CsvSource({"ten", "NaN", "Infinity", "1e999"})
    void aRegressionsTruthAndAnswerAreFiniteNumbers(String text) {
        // given
        detector.register("{model: prices, task: regression, features: {x: numeric}}");
        // when
        detector.label("prices", "p1", text, T0);
        detector.prediction(DetectorDriver.prediction("prices", "p1", T0, Map.of("x", 1.0), "v1", text));
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::reason)
                .containsExactly(Reason.INVALID_LABEL, Reason.UNREADABLE);
        assertGoesOn();
    }

    @Test
    void aFailedAnswerIsJoinedToo() {
        // given
        raw("p1", T0.toString(), "{\"salary\":1,\"car\":1}", "\"modelVersion\":\"v1\",\"statusCode\":500");
        label("p1", 1, T0);
        // when
        for (int i = 0; i < 3; i++) {
            detector.prediction(DetectorDriver.prediction("loans", "q" + i, T0, FEATURES, "x" + i, "1"));
        }
        // then
        assertThat(detector.labelled()).extracting(LabelledEvent::prediction).allMatch(p -> failed(p));
        assertGoesOn();
    }

    private static boolean failed(PredictionEvent prediction) {
        return prediction.answer() != null && prediction.answer().failed();
    }

    private void raw(String id, String time, String features, String answer) {
        detector.send(
                TOPICS.predictions(),
                id,
                "{\"predictionId\":\"" + id + "\",\"model\":\"loans\",\"eventTime\":\"" + time + "\",\"features\":"
                        + features + ",\"answer\":{" + answer + "}}");
    }
}
