package io.homeostat.gateway.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.gateway.protocol.InferRequest;
import io.homeostat.gateway.protocol.InferResponse;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.protocol.RequestReader;
import io.homeostat.gateway.protocol.ResponseWriter;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.testing.FakeModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final FakeModels models = new FakeModels()
            .with("v1", row -> 0.25)
            .with("v2", row -> 0.75)
            .with("throws", row -> {
                throw new IllegalStateException("broken");
            })
            .with("nan", row -> Double.NaN)
            .with("hangs", row -> {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 1;
            });
    private final WarmScorers scorers = new WarmScorers(models);
    private final Routes routes = new Routes(scorers, meters);
    // a busy machine must not look like a slow candidate
    private final Calls champions = Calls.ofChampions(Duration.ofSeconds(20), 2, 100);
    private Calls challengers = Calls.ofChallengers(Duration.ofSeconds(20), 8);
    private final AtomicLong nanos = new AtomicLong();
    private final ShadowWork shadow = new ShadowWork(1000, Duration.ofSeconds(5), nanos::get);
    private final List<PredictionEvent> events = Collections.synchronizedList(new ArrayList<>());
    private Inference inference = inference(challengers);

    @AfterEach
    void close() {
        hang.countDown();
        champions.close();
        challengers.close();
    }

    @Test
    void answersByTheChampionAndTellsOfEachRowAtOnce() {
        // given
        routes.apply(route(1, "v1", null, 0, false));

        // when
        InferResponse response = infer("\"unit_id\": \"ada\"", 2);

        // then
        assertThat(response.modelVersion()).isEqualTo("v1");
        assertThat(response.rolloutId()).isNull();
        assertThat(response.predictionIds()).containsExactly("req-0", "req-1");
        assertThat(events).extracting(PredictionEvent::predictionId).containsExactly("req-0", "req-1");
        assertThat(events.get(0)).satisfies(e -> {
            assertThat(e.eventTime()).isEqualTo(NOW);
            assertThat(e.answer().score()).isEqualTo(0.25);
            assertThat(e.unitId()).hasSize(32).doesNotContain("ada");
            assertThat(e.rolloutId()).isNull();
            assertThat(e.arm()).isNull();
            assertThat(e.bucket()).isNull();
            assertThat(e.weightPercent()).isNull();
            assertThat(e.features()).containsEntry("salary", 0.0);
        });
    }

    @Test
    void keepsAUnitOnItsArmAndOnlyAddsUnitsWhenTheWeightRises() {
        // given
        routes.apply(route(1, "v1", "v2", 5, false));
        Map<String, Arm> at5 = arms();

        // when
        Map<String, Arm> again = arms();
        routes.apply(route(2, "v1", "v2", 25, false));
        Map<String, Arm> at25 = arms();

        // then
        assertThat(again).isEqualTo(at5);
        long few = at5.values().stream().filter(Arm.CANDIDATE::equals).count();
        long more = at25.values().stream().filter(Arm.CANDIDATE::equals).count();
        assertThat(few).isBetween(25L, 80L);
        assertThat(more).isBetween(200L, 300L);
        at5.forEach((unit, arm) -> {
            if (arm == Arm.CANDIDATE) {
                assertThat(at25.get(unit)).isEqualTo(Arm.CANDIDATE);
            }
        });
    }

    @Test
    void aShadowsAnswerComesWithTheSameEvent() {
        // given
        routes.apply(route(7, "v1", "v2", 50, true));

        // when
        for (int i = 0; i < 50; i++) {
            infer("\"prediction_ids\": [\"a" + i + "\", \"b" + i + "\"]", 2);
        }
        shadow.close();

        // then
        assertThat(events)
                .extracting(PredictionEvent::predictionId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50)
                        .boxed()
                        .flatMap(i -> List.of("a" + i, "b" + i).stream())
                        .toList());
        assertThat(events).extracting(PredictionEvent::arm).contains(Arm.STABLE, Arm.CANDIDATE);
        assertThat(events).allSatisfy(e -> {
            boolean candidate = e.arm() == Arm.CANDIDATE;
            assertThat(e.answer().modelVersion()).isEqualTo(candidate ? "v2" : "v1");
            assertThat(e.counterpart().modelVersion()).isEqualTo(candidate ? "v1" : "v2");
            assertThat(e.counterpart().failed()).isFalse();
            assertThat(e.rolloutId()).isEqualTo("r-1");
            assertThat(e.step()).isEqualTo(2);
            assertThat(e.weightPercent()).isEqualTo(50);
            assertThat(e.bucket()).isBetween(0, 9_999);
        });
    }

    @Test
    void aCandidateThatThrowsCostsNoAnswerAndIsCountedAgainstIt() {
        assertFallback("throws", 500);
    }

    @Test
    void aCandidateWithoutAFiniteScoreCostsNoAnswer() {
        assertFallback("nan", 502);
    }

    @Test
    void aCandidateThatCannotBeLoadedCostsNoAnswer() {
        assertFallback("absent", 503);
    }

    @Test
    void aCandidateThatHangsCostsNoAnswerAndAfterThreeTimeoutsNoTime() {
        // given
        beImpatient();
        assertFallback("hangs", 504);
        infer("", 1);
        infer("", 1);

        // when: the breaker is open
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(infer("", 1).modelVersion()).isEqualTo("v1");
        }

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(events)
                .hasSize(103)
                .allSatisfy(e -> assertThat(e.counterpart().statusCode()).isEqualTo(504));
    }

    @Test
    void aCandidateThatIsTakenBackWhileItHangsIsWaitedForNoLonger() {
        // given: a candidate with twenty seconds, which has asked for them twice, at two weights
        routes.apply(route(1, "v1", "hangs", 99, false));
        CompletableFuture<InferResponse> early = inference.infer("loans", request("\"unit_id\": \"ada\"", 1), null);
        routes.apply(route(2, "v1", "hangs", 100, false));
        CompletableFuture<InferResponse> late = inference.infer("loans", request("\"unit_id\": \"ada\"", 1), null);
        assertThat(early).isNotDone();
        assertThat(late).isNotDone();

        // when
        routes.apply(route(3, "v1", null, 0, false));

        // then
        assertThat(answered(early).modelVersion()).isEqualTo("v1");
        assertThat(answered(late).modelVersion()).isEqualTo("v1");
        assertThat(events)
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.counterpart().latencyMillis()).isLessThan(20_000));
        assertThat(meters.counter("homeostat.gateway.fallbacks", "model", "loans", "cause", "withdrawn")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aCandidateThatIsPromotedWhileItHangsIsStillWaitedFor() {
        // given
        routes.apply(route(1, "v1", "hangs", 100, false));
        CompletableFuture<InferResponse> response = inference.infer("loans", request("", 1), null);

        // when
        routes.apply(route(2, "hangs", null, 0, false));
        hang.countDown();

        // then
        assertThat(answered(response).modelVersion()).isEqualTo("hangs");
    }

    @Test
    void aShadowThatHangsHoldsUpNoAnswer() {
        // given
        beImpatient();
        routes.apply(route(1, "v1", "hangs", 0, true));

        // when
        for (int i = 0; i < 5; i++) {
            assertThat(infer("", 1).modelVersion()).isEqualTo("v1");
        }
        shadow.close();

        // then
        assertThat(events).hasSize(5).allSatisfy(e -> {
            assertThat(e.arm()).isEqualTo(Arm.STABLE);
            assertThat(e.counterpart().statusCode()).isEqualTo(504);
        });
    }

    @Test
    void aShadowForWhichThereIsNoRoomIsDroppedAndCountedButItsEventIsSent() {
        // given
        routes.apply(route(1, "v1", "v2", 0, true));

        // when
        infer("", 1001);

        // then
        assertThat(events)
                .hasSize(1001)
                .allSatisfy(e -> assertThat(e.counterpart()).isNull());
        assertThat(meters.counter("homeostat.gateway.shadow.dropped", "model", "loans")
                        .count())
                .isEqualTo(1001);
    }

    @Test
    void afterAPromotionThePreviousChampionIsTheShadow() {
        // given
        routes.apply(route(3, "v2", "v1", 0, true));

        // when
        infer("", 1);
        shadow.close();

        // then
        assertThat(events).singleElement().satisfies(e -> {
            assertThat(e.arm()).isEqualTo(Arm.STABLE);
            assertThat(e.answer().modelVersion()).isEqualTo("v2");
            assertThat(e.counterpart().modelVersion()).isEqualTo("v1");
        });
    }

    @Test
    void aVersionAskedByNameAnswersOutsideTheRollout() {
        // given
        routes.apply(route(1, "v1", "v2", 0, true));

        // when
        InferResponse response = answered(inference.infer("loans", "v2", request("", 1), null));

        // then
        assertThat(response.modelVersion()).isEqualTo("v2");
        assertThat(events).singleElement().satisfies(e -> {
            assertThat(e.rolloutId()).isNull();
            assertThat(e.counterpart()).isNull();
        });
        assertThatThrownBy(() -> answered(inference.infer("loans", "v9", request("", 1), null)))
                .hasMessage("models/loans/versions/v9: unknown version; loaded: v1, v2")
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void refusesWhatItCannotAnswerSayingWhy() {
        assertRefused(503, "models/loans: routes are still being read; try again in a second");
        routes.catchUp();
        assertRefused(404, "models/loans: unknown model; served here: []");
        routes.apply(route(1, "absent", null, 0, false));
        assertRefused(503, "models/loans: no champion is loaded yet; try again later");
        routes.apply(route(2, "throws", null, 0, false));
        assertRefused(500, "version throws failed: broken");
        assertThat(events)
                .singleElement()
                .satisfies(e -> assertThat(e.answer().statusCode()).isEqualTo(500));
        routes.apply(route(3, "v1", null, 0, false));
        InferRequest other = RequestReader.read(
                "{\"inputs\": [{\"name\": \"age\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> answered(inference.infer("loans", other, null)))
                .hasMessage("inputs: the feature 'salary' is missing; got [age]");
    }

    @Test
    void refusesInputsThatNobodyKnowsOrOfTheWrongKindSayingWhatToDo() {
        // given
        routes.apply(route(1, "v1", null, 0, false));
        String salary = "{\"name\": \"salary\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}";

        // then
        assertRefused(
                "[" + salary.replace("FP64", "BYTES").replace("[1]}", "[\"1\"]}") + "]",
                "inputs[0] 'salary'.datatype: BYTES is text, but the feature is a number; send FP64, or any other datatype"
                        + " of numbers");
        String more = "[" + salary + ", " + salary.replace("salary", "salry") + "]";
        assertRefused(more, "inputs[1] 'salry': is no feature of the model; did you mean 'salary'? Known here: salary");
        // when: the spec lists it, though no version wants it yet
        routes.know(ModelSpec.read("{model: loans, task: binary, features: {salary: numeric, salry: numeric}}"
                .getBytes(StandardCharsets.UTF_8)));
        assertThat(answered(inference.infer("loans", requestOf(more), null)).modelVersion())
                .isEqualTo("v1");
    }

    private void assertRefused(String inputs, String message) {
        assertThatThrownBy(() -> answered(inference.infer("loans", requestOf(inputs), null)))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static InferRequest requestOf(String inputs) {
        return RequestReader.read(("{\"inputs\": " + inputs + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChampionThatDoesNotAnswerInTimeIsToldWithItsCause() {
        // given
        Calls impatient = Calls.ofChampions(Duration.ofMillis(20), 2, 10);
        inference = new Inference(
                routes, impatient, challengers, shadow, events::add, Clock.fixed(NOW, ZoneOffset.UTC), meters);
        routes.apply(route(1, "hangs", null, 0, false));

        // then
        assertRefused(504, "version hangs failed: it did not answer within 20 ms");
        assertThat(events)
                .singleElement()
                .satisfies(e -> assertThat(e.answer().statusCode()).isEqualTo(504));
    }

    @Test
    void aChampionThatHangsRefusesWhatWouldWaitBeyondTheQueue() {
        // given: one thread, one that waits
        Calls narrow = Calls.ofChampions(Duration.ofSeconds(20), 1, 1);
        inference = new Inference(
                routes, narrow, challengers, shadow, events::add, Clock.fixed(NOW, ZoneOffset.UTC), meters);
        routes.apply(route(1, "hangs", null, 0, false));

        // when
        List<CompletableFuture<InferResponse>> first =
                List.of(inference.infer("loans", request("", 1), null), inference.infer("loans", request("", 1), null));

        // then
        assertRefused(503, "version hangs failed: no thread is free for it");
        hang.countDown();
        first.forEach(response -> assertThat(answered(response).modelVersion()).isEqualTo("hangs"));
    }

    @Test
    void aShadowWhoseTurnComesTooLateIsDroppedAndCountedAndItsEventIsSent() {
        // given: the first hangs until it is let go, the second waits for its turn
        routes.apply(route(1, "v1", "hangs", 0, true));
        infer("\"prediction_ids\": [\"first\"]", 1);
        infer("\"prediction_ids\": [\"second\"]", 1);

        // when
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        hang.countDown();
        shadow.close();

        // then
        assertThat(events)
                .extracting(PredictionEvent::predictionId, e -> e.counterpart() != null)
                .containsExactly(tuple("first", true), tuple("second", false));
        assertThat(meters.counter("homeostat.gateway.shadow.dropped", "model", "loans")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void manyShadowsThatFailAtOnceAreToldOnceEach() {
        // given: the breaker is open, so every shadow ends the moment it begins
        beImpatient();
        routes.apply(route(1, "v1", "hangs", 0, true));

        // when
        for (int i = 0; i < 1000; i++) {
            infer("\"prediction_ids\": [\"p" + i + "\"]", 1);
        }
        shadow.close();

        // then
        assertThat(events)
                .extracting(PredictionEvent::predictionId)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "p" + i).toList());
    }

    @Test
    void closesReplacedModelsOnlyAfterTheLastRequestAndKeepsWhatIsStillUsed() {
        // given
        routes.apply(route(1, "v1", "v2", 5, false));
        var lease = routes.lease("loans").orElseThrow();

        // when
        routes.apply(route(2, "v2", null, 0, false));

        // then: v2 was not loaded again, v1 is still open for the lease
        assertThat(models.loaded).hasValue(2);
        assertThat(models.closed).hasValue(0);
        lease.release();
        assertThat(models.closed).hasValue(1);
        assertThat(scorers.size()).isEqualTo(1);
        routes.remove("loans");
        assertThat(models.closed).hasValue(2);
        assertThat(scorers.size()).isZero();
    }

    @Test
    void anOlderRouteOrOneWithoutItsChampionChangesNothing() {
        // given
        routes.apply(route(5, "v1", null, 0, false));

        // when
        Routes.Applied older = routes.apply(route(4, "v2", null, 0, false));
        Routes.Applied broken = routes.apply(route(6, "absent", null, 0, false));

        // then
        assertThat(older).isEqualTo(Routes.Applied.STALE);
        assertThat(broken).isEqualTo(Routes.Applied.NOT_YET);
        assertThat(routes.appliedRevision("loans")).hasValue(5);
        assertThat(meters.get("homeostat.gateway.route.revision").gauge().value())
                .isEqualTo(5);
        // when: the artifact appears
        models.with("absent", row -> 1);
        assertThat(routes.apply(route(6, "absent", null, 0, false))).isEqualTo(Routes.Applied.WHOLLY);
        assertThat(routes.appliedRevision("loans")).hasValue(6);
    }

    @Test
    void writesTheAnswerAsTheProtocolWants() {
        // given
        routes.apply(route(1, "v1", "v2", 100, false));
        InferRequest request = request("\"prediction_ids\": [\"p\"]", 1);

        // when
        byte[] json = ResponseWriter.write(answered(inference.infer("loans", request, null)), request);

        // then
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"model_name\":\"loans\",\"model_version\":\"v2\",\"id\":\"req\","
                        + "\"parameters\":{\"prediction_ids\":[\"p\"],\"model_versions\":[\"v2\"],"
                        + "\"arms\":[\"candidate\"],\"rollout_id\":\"r-1\"},\"outputs\":["
                        + "{\"name\":\"label\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"1\"]},"
                        + "{\"name\":\"score\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.75]}]}");
    }

    private Inference inference(Calls with) {
        return new Inference(routes, champions, with, shadow, events::add, Clock.fixed(NOW, ZoneOffset.UTC), meters);
    }

    private void beImpatient() {
        challengers.close();
        challengers = Calls.ofChallengers(Duration.ofMillis(30), 8);
        inference = inference(challengers);
    }

    private void assertFallback(String candidate, int status) {
        // given
        routes.apply(route(1, "v1", candidate, 100, true));

        // when
        InferResponse response = infer("", 1);

        // then
        assertThat(response.modelVersion()).isEqualTo("v1");
        assertThat(response.arms()).containsExactly(Arm.STABLE);
        assertThat(events).singleElement().satisfies(e -> {
            assertThat(e.arm()).isEqualTo(Arm.STABLE);
            assertThat(e.answer().modelVersion()).isEqualTo("v1");
            assertThat(e.counterpart().modelVersion()).isEqualTo(candidate);
            assertThat(e.counterpart().statusCode()).isEqualTo(status);
            assertThat(e.counterpart().failed()).isTrue();
        });
        String cause = Map.of(500, "error", 502, "rubbish", 503, "dead", 504, "timeout")
                .get(status);
        assertThat(meters.counter("homeostat.gateway.fallbacks", "model", "loans", "cause", cause)
                        .count())
                .isEqualTo(1);
    }

    private void assertRefused(int status, String message) {
        assertThatThrownBy(() -> infer("", 1))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    private Map<String, Arm> arms() {
        Map<String, Arm> arms = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            String unit = "user-" + i;
            arms.put(unit, infer("\"unit_id\": \"" + unit + "\"", 1).arms().get(0));
        }
        return arms;
    }

    private InferResponse infer(String parameters, int rows) {
        return answered(inference.infer("loans", request(parameters, rows), null));
    }

    private static InferResponse answered(CompletableFuture<InferResponse> response) {
        try {
            return response.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static InferRequest request(String parameters, int rows) {
        String data = String.join(
                ",", IntStream.range(0, rows).mapToObj(Integer::toString).toList());
        return RequestReader.read(("{\"id\": \"req\", \"parameters\": {" + parameters
                        + "}, \"inputs\": [{\"name\": \"salary\", \"shape\": [" + rows
                        + "], \"datatype\": \"FP64\", \"data\": [" + data + "]}]}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Route route(long revision, String champion, String challenger, double percent, boolean shadow) {
        return new Route(
                "loans",
                revision,
                NOW,
                new Route.Target(champion, FakeModels.artifact(champion)),
                challenger == null ? null : new Route.Target(challenger, FakeModels.artifact(challenger)),
                percent,
                shadow,
                "r-1",
                2,
                "salt",
                "test");
    }
}
