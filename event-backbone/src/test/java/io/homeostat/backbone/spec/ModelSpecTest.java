package io.homeostat.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSpecTest {
    private static final String FULL = """
            model: loans
            task: binary
            positive: "1"
            source: {predictions: loans.predictions, labels: loans.labels, labelHorizon: 1h}
            features: {salary: numeric, age: numeric, education: categorical}
            watch:
              window: 10m
              metrics: {accuracy: {atLeast: 0.85, perSlice: 0.7}, auc: {}}
              slices: [education, {column: salary, cuts: [20000, 50000]}, {column: age, values: 4}]
              alarm: {falseAlarmsPerYear: 2, cooldown: 6h}
              reference: {rows: 10000, time: 14d, utcOffset: "+01:00"}
              joint: true
            retune:
              trainer: {lightgbm: {objective: binary}}
              space: {learning_rate: {float: [0.005, 0.3], log: true}, num_leaves: {int: [4, 256], log: true}}
              objectives: [{metric: auc, goal: maximize}]
              budget: {trials: 60, wall: 20m}
              sampler: auto
              pruner: median
            rollout:
              steps: [shadow: 10m, canary: 5%, canary: 25%, ab: 50%]
              guardrails: {errorRate: {worseByAtMost: 0.5%}, latencyP99: {atMost: 50ms}}
              decide: {objective: accuracy, margin: 1%, errorBudget: 5%, deadline: 24h, onDeadline: hold}
              watchAfterPromotion: 24h
            """;

    @Test
    void readsWhatAPersonWrites() {
        ModelSpec spec = read(FULL);

        assertThat(spec.source().labelHorizon().value()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.features().keySet()).containsExactly("salary", "age", "education");
        assertThat(spec.watch().metrics().get("accuracy").atLeast()).isEqualTo(.85);
        assertThat(spec.watch().metrics().get("accuracy").perSlice()).isEqualTo(.7);
        assertThat(spec.watch().slices())
                .containsExactly(
                        SliceSpec.of("education"),
                        new SliceSpec("salary", List.of(20_000.0, 50_000.0), 3),
                        new SliceSpec("age", List.of(), 4));
        assertThat(spec.watch().joint()).isTrue();
        assertThat(spec.watch().reference().rows()).isEqualTo(10_000);
        assertThat(spec.watch().reference().time().value()).isEqualTo(Duration.ofDays(14));
        assertThat(spec.watch().reference().offset()).isEqualTo(ZoneOffset.ofHours(1));
        assertThat(spec.retune().parsedSpace().toMap()).containsOnlyKeys("learning_rate", "num_leaves");
        assertThat(spec.rollout().steps()).hasSize(4);
        assertThat(spec.rollout().steps().get(1).weight()).contains(new Share(.05));
        assertThat(spec.rollout().guardrails().get("latencyP99").atMost().value())
                .isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void staysTheSameThroughJson() {
        ModelSpec spec = read(FULL);

        ModelSpec again = Json.read(Json.bytes(spec), ModelSpec.class);

        assertThat(Json.text(again)).isEqualTo(Json.text(spec));
        assertThat(again.rollout().decide().onDeadline()).isEqualTo(RolloutSpec.OnDeadline.HOLD);
    }

    @Test
    void everyKindOfStepPolicyAndFreezeStaysTheSameThroughJson() {
        ModelSpec spec = read("{model: m, task: binary, features: {x: numeric}, rollout: {steps: [shadow: 1m,"
                + " pause: untilResumed, canary: 5%, bake: 1h, approval: 1d, switch: 10m, pause: 1h],"
                + " guardrails: {errorRate: {worseByAtMost: 1%, prove: true}, latencyP90: {}},"
                + " decide: {goal: superior, verdicts: {pass: hold, noData: {after: 1h, then: rollback}},"
                + " labels: {count: every, olderThan: 1d, coverage: 50%}},"
                + " freeze: [{days: [fri], from: '16:00', to: '24:00', zone: Europe/Berlin}]}}");

        ModelSpec again = Json.read(Json.bytes(spec), ModelSpec.class);

        assertThat(again.rollout()).isEqualTo(spec.rollout());
        assertThat(again.rollout().steps().get(5).weight()).contains(new Share(1));
        assertThat(again.rollout().steps().get(1).pause().length()).isNull();
    }

    @Test
    void samplersAndPrunersMayHaveOptions() {
        ModelSpec spec = read("{model: m, task: binary, features: {x: numeric},"
                + " retune: {sampler: {tpe: {candidates: 48}}, pruner: {median: {}}}}");

        assertThat(spec.retune().sampler()).isEqualTo(Map.of("tpe", Map.of("candidates", 48)));
        assertThat(spec.retune().pruner()).isEqualTo("median");
    }

    @Test
    void needsOnlyModelTaskAndFeatures() {
        ModelSpec spec = read("{model: m, task: regression, features: {x: numeric}}");

        assertThat(spec.retune().objective(spec.task())).isEqualTo("rmse");
        assertThat(spec.watch().window().value()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.retune().parsedSpace().toMap()).containsKey("training_share");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task: binary, features: {x: numeric} | model: is missing",
                "model: m, task: binry, features: {x: numeric} | task: 'binry' is not one of binary, multiclass, regression",
                "model: m, task: binary, features: {} | features: is empty; name at least one",
                "model: m, task: binary, features: {x: number} | features.x: 'number' is not one of numeric, categorical",
                "model: m, task: binary, features: {x: numeric}, watch: {windw: 5m} | watch: unknown key 'windw'; did you mean 'window'?",
                "model: m, task: binary, features: {x: numeric}, retune: {budget: {wall: PT2562047788015215H}} | retune.budget.wall: PT2562047788015215H is longer than 36500d",
                "model: m, task: binary, features: {x: numeric}, watch: {window: fortnight} | watch.window: 'fortnight' is not a length of time; write 500ms, 10m, 1h30m or 7d",
                "model: m, task: binary, features: {x: numeric}, watch: {reference: {rows: 50}} | watch.reference.rows: 50 is outside 200 to 1000000; of fewer rows than 200 no test says anything",
                "model: m, task: binary, features: {x: numeric}, watch: {reference: {time: 90d}} | watch.reference.time: 90d is above 60d; two weeks know the hours of the week",
                "model: m, task: binary, features: {x: numeric}, watch: {reference: {utcOffset: Europe/Berlin}} | watch.reference.utcOffset: 'Europe/Berlin' is not an offset from UTC; write Z, +01:00 or -05:30, not a zone's name",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {rmse: {}}} | watch.metrics.rmse: 'rmse' is not a metric of a binary model; choose one of accuracy, auc, logLoss, balancedAccuracy, precision, recall, f1, brier, calibrationError",
                "model: m, task: binary, features: {land: categorical}, watch: {slices: [lnd]} | watch.slices[0]: 'lnd' is not a feature; did you mean 'land'?",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [x, x]} | watch.slices[1]: 'x' is named twice; leave one out",
                "model: m, task: binary, features: {c: categorical}, watch: {slices: [{column: c, cuts: [1]}]} | watch.slices[0].cuts: 'c' is categorical; only numbers are cut. Say how many values at most instead",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [{column: x, cuts: [2, 1]}]} | watch.slices[0].cuts[1]: 1.0 is not above the cut before it; cuts must rise",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [{column: x, cuts: []}]} | watch.slices[0].cuts: is empty; name at least one",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [{column: x, cuts: [1], values: 3}]} | watch.slices[0].values: the cuts say how many ranges there are; leave one of the two out",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [{column: x, values: 51}]} | watch.slices[0].values: 51 is outside 1 to 50",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [{column: x, valus: 3}]} | watch.slices[0]: unknown key 'valus'; did you mean 'values'?",
                "model: m, task: binary, features: {a: numeric, b: numeric, c: numeric, d: numeric}, watch: {slices: [{column: a, values: 50}, {column: b, values: 50}, {column: c, values: 50}, {column: d, values: 50}]} | watch.slices: 4 columns make up to 208 series, above 200; name fewer columns, or fewer values of each",
                "model: m, task: binary, features: [x] | features: is a list; an object is needed",
                "model: m, task: binary, positive: '', features: {x: numeric} | positive: is empty; give it a text",
                "model: m, task: binary, features: {x: numeric}, watch: 5m | watch: '5m' is a text; an object of window, metrics, slices, alarm, reference, joint is needed",
                "model: m, task: binary, features: {x: numeric}, watch: {window: 1ms} | watch.window: 1ms is outside 100ms to 7d",
                "model: m, task: binary, features: {x: numeric}, watch: {alarm: {persistence: 0}} | watch.alarm.persistence: 0 is outside 1 to 100",
                "model: m, task: binary, features: {x: numeric}, watch: {slices: [null]} | watch.slices[0]: is empty; give it a value, or leave it out",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {accuracy: 0.8}} | watch.metrics.accuracy: 0.8 is a number; an object of atLeast, atMost, perSlice is needed",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {accuracy: }} | watch.metrics.accuracy: is empty; give it a value, or leave it out",
                "model: m, task: binary, features: {x: numeric}, rollout: {guardrails: {errorRate: }} | rollout.guardrails.errorRate: is empty; give it a value, or leave it out",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: shadow} | rollout.steps: 'shadow' is a text; a list is needed",
                "model: m, task: binary, features: {x: numeric}, rollout: {decide: {deadline: 0s}} | rollout.decide.deadline: is 0; nothing can be decided in no time",
                "model: m, task: binary, features: {x: numeric}, targets: [null] | targets[0]: is empty; give it a value, or leave it out",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {accuracy: {atMost: 0.85}}} | watch.metrics.accuracy.atMost: more of accuracy is better, so nothing would ever be below it; write atLeast",
                "model: m, task: regression, features: {x: numeric}, watch: {metrics: {mae: {atLeast: 3}}} | watch.metrics.mae.atLeast: less of mae is better, so nothing would ever be above it; write atMost",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {accuracy: {atLeast: 85}}} | watch.metrics.accuracy.atLeast: 85.0 is outside 0 to 1; 85 percent are 0.85",
                "model: m, task: binary, features: {x: numeric}, watch: {metrics: {auc: {perSlice: .7}}} | watch.metrics.auc.perSlice: there are no slices; name features in watch.slices",
                "model: m, task: binary, features: {x: numeric}, retune: {space: {num_leaves: {int: [256, 4]}}} | retune.space.num_leaves: low 256 is above high 4. Maybe they are swapped.",
                "model: m, task: binary, features: {x: numeric}, retune: {sampler: magic} | retune.sampler: \"magic\" is not known. Known: auto, ",
                "model: m, task: binary, features: {x: numeric}, retune: {sampler: {tpe: {candidate: 3}}} | retune.sampler.tpe.candidate: is not known. Known here: candidates,",
                "model: m, task: binary, features: {x: numeric}, retune: {pruner: {median: {interval: 0}}} | retune.pruner.median.interval: 0 is not in",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [canary: 5%, shadow: 10m]} | rollout.steps[1]: a shadow step can only be the first; traffic has already been given",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [canary: 25%, canary: 5%]} | rollout.steps[1]: 5% is not above the step before, 25%; shares must rise",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [canary: 500%]} | rollout.steps[0].canary: 500.0 % is outside 0 % to 100 %",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [{canary: 5%, shadow: 5m}]} | rollout.steps[0]: a step is exactly one of shadow: 10m, canary: 5%, ab: 50%, switch: 10m, bake: 1h, pause: 1h, approval: 1d",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [canary: 5%, pause: untilResumed]} | rollout.steps[1].pause: untilResumed as the last step has no end; give a time",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [{pause: 5m, hold: 5m}]} | rollout.steps[0].hold: such a step lasts as long as it says; leave hold out",
                "model: m, task: binary, features: {x: numeric}, rollout: {steps: [pause: ever]} | rollout.steps[0].pause: 'ever' is not a length of time",
                "model: m, task: binary, features: {x: numeric}, rollout: {guardrails: {speed: {}}} | rollout.guardrails.speed: is not a guardrail; known are errorRate, latencyP50",
                "model: m, task: binary, features: {x: numeric}, rollout: {guardrails: {errorRate: {atMost: 5ms}}} | rollout.guardrails.errorRate.atMost: 5ms is a time, and failures have none",
                "model: m, task: binary, features: {x: numeric}, rollout: {guardrails: {errorRate: {prove: true}}} | rollout.guardrails.errorRate.prove: that nothing at all got worse cannot be proven",
                "model: m, task: binary, features: {x: numeric}, rollout: {decide: {objective: none}} | rollout.decide.objective: is none, no guardrail is to be proven and no person approves",
                "model: m, task: binary, features: {x: numeric}, rollout: {decide: {verdicts: {noData: {after: 1h, then: promote}}}} | rollout.decide.verdicts.noData.then: PROMOTE is not possible then; write hold or rollback",
                "model: m, task: binary, features: {x: numeric}, rollout: {decide: {goal: best}} | rollout.decide.goal: 'best' is not one of superior, not_inferior",
                "model: m, task: binary, features: {x: numeric}, rollout: {freeze: [{days: [friday], from: '16:00', to: '18:00'}]} | rollout.freeze[0].days: 'friday' is no day; write mon",
                "model: m, task: binary, features: {x: numeric}, rollout: {freeze: [{days: [fri], from: '16:70', to: '18:00'}]} | rollout.freeze[0].from: '16:70' is not a time of day; write 16:00",
                "model: m, task: binary, features: {x: numeric}, rollout: {freeze: [{days: [fri], from: '16:00', to: '18:00', zone: Mars}]} | rollout.freeze[0].zone: 'Mars' is not a time zone",
                "model: m, task: binary, features: {x: numeric}, rollout: {freeze: [{from: 2027-01-02T00:00:00Z, to: 2026-12-24T00:00:00Z}]} | rollout.freeze[0].from: 2027-01-02T00:00:00Z is not before to 2026-12-24T00:00:00Z; maybe they are swapped"
            })
    void saysWhereAndWhatIsWrong(String spec, String problem) {
        assertThatThrownBy(() -> read("{" + spec + "}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"granted|granted", "1|1", "1.0|1", "true|1", "'1.0'|1.0"})
    void thePositiveClassIsWrittenLikeALabel(String written, String positive) {
        assertThat(read("{model: m, task: binary, positive: " + written + ", features: {x: numeric}}")
                        .positive())
                .isEqualTo(positive);
    }

    @Test
    void whatIsNoSpecAtAllIsSaid() {
        assertThatThrownBy(() -> read("")).hasMessage("is missing");
        assertThatThrownBy(() -> read("[1]")).hasMessageStartingWith("is a list; an object of model, task, positive,");
    }

    private static ModelSpec read(String yaml) {
        return ModelSpec.read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
