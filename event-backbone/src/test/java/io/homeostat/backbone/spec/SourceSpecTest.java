package io.homeostat.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSpecTest {
    private static final String MAPPED = """
            predictions:
              topic: loans.predictions
              id: /request/id
              time: /ts
              features: {salary: /input/salary, car: /input/car~1type}
              prediction: /output/label
              score: /output/p
              probabilities: /output/probs
              modelVersion: /meta/version
              where: {/model: loans, header:tenant: 7}
            labels: {topic: loans.labels, id: key, label: /approved, time: timestamp, correctionOf: /was}
            features: {topic: loans.features, features: /row, time: header:at}
            """;

    private static ModelSpec read(String source) {
        String yaml = "model: loans\ntask: binary\nfeatures: {salary: numeric, car: categorical}\nsource:\n"
                + source.indent(2);
        return ModelSpec.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static PredictionSource predictions(String source) {
        PredictionSource predictions = read(source).source().predictions();
        assertThat(predictions).isNotNull();
        return predictions;
    }

    @Test
    void aTextIsATopicOfNativeRecords() {
        // when
        SourceSpec source = read("{predictions: loans.predictions, labels: loans.labels, labelHorizon: 1h}")
                .source();
        // then
        assertThat(source.topics()).containsExactly("loans.predictions", "loans.labels");
        assertThat(source.all()).extracting(TopicSource::format).containsOnly(SourceFormat.NATIVE);
        assertThat(source.nativePredictions()).isEqualTo("loans.predictions");
        assertThat(Json.text(source)).contains("\"predictions\":\"loans.predictions\",\"labels\":\"loans.labels\"");
    }

    @Test
    void whatIsMappedIsJson() {
        // when
        SourceSpec source = read(MAPPED).source();
        // then
        PredictionSource predictions = predictions(MAPPED);
        assertThat(predictions.format()).isEqualTo(SourceFormat.JSON);
        assertThat(predictions.features()).isNotNull();
        assertThat(predictions.features().of("car")).isEqualTo(Place.of("/input/car~1type"));
        assertThat(predictions.where()).isEqualTo(Map.of(Place.of("/model"), "loans", Place.of("header:tenant"), "7"));
        assertThat(source.features().features().of("car")).isEqualTo(Place.of("/row/car"));
        assertThat(source.nativePredictions()).isEqualTo("homeostat.predictions");
        assertThat(source.topics()).containsExactly("loans.predictions", "loans.labels", "loans.features");
    }

    @Test
    void aNameWithASlashIsEscapedUnderAPrefix() {
        assertThat(FeaturePlaces.read("/in").of("a/b~c")).isEqualTo(Place.of("/in/a~1b~0c"));
        assertThat(FeaturePlaces.ROOT.of("x")).isEqualTo(Place.of("/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MAPPED,
                "features: rows",
                "labels: none",
                "predictions: {topic: p, format: kserve, where: {'header:ce_inferenceservicename': loans}}",
                "predictions: {topic: p, where: {/a: true}}\nlabels: l",
                "predictions: {topic: p, features: '', probabilities: /p, modelVersion: 'constant:v7'}",
            })
    void staysTheSameThroughJson(String source) {
        ModelSpec spec = read(source);
        ModelSpec again = Json.read(Json.bytes(spec), ModelSpec.class);
        assertThat(again).isEqualTo(spec);
        assertThat(Json.text(again)).isEqualTo(Json.text(spec));
    }

    @Test
    void noLabelsMayBeAwaited() {
        // when
        SourceSpec source = read("labels: none").source();
        // then
        assertThat(source.awaitsLabels()).isFalse();
        assertThat(source.topics()).containsExactly("homeostat.predictions");
        assertThat(read("predictions: p").source().awaitsLabels()).isTrue();
    }

    @Test
    void onlyFeaturesNeedNoTask() {
        // when
        ModelSpec spec = ModelSpec.read(
                "{model: m, features: {x: numeric}, source: {features: rows}}".getBytes(StandardCharsets.UTF_8));
        // then
        assertThat(spec.source().featuresOnly()).isTrue();
        assertThat(spec.source().topics()).containsExactly("rows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {predictions: {topic: p, id: request/id, features: /f, prediction: /o}} | source.predictions.id: 'request/id' is no place in a record; a JSON pointer begins with '/', like /request/id
            {predictions: {topic: p, id: /a~2b, features: /f, prediction: /o}} | source.predictions.id: '/a~2b' is not a JSON pointer; in a name write ~0 for '~' and ~1 for '/'
            {predictions: {topic: p, id: timestamp, features: /f, prediction: /o}} | source.predictions.id: 'timestamp' cannot be used here; write /pointer/to/it or key or header:NAME
            {predictions: {topic: p, prediction: key, features: /f}} | source.predictions.prediction: 'key' cannot be used here; write /pointer/to/it
            {predictions: {topic: p, features: /f}} | source.predictions.prediction: is missing; say where the predicted class or number stands
            {predictions: {topic: p, prediction: /o}} | source.predictions.features: is missing
            {predictions: {topic: p, features: {salary: /a}, prediction: /o}} | source.predictions.features.car: is missing; every feature of the spec is mapped
            {predictions: {topic: p, features: {salary: /a, car: /b, age: /c}, prediction: /o}} | source.predictions.features.age: is no feature of this spec; known are salary, car
            {predictions: {topic: p, features: {salary: /a, car: /a}, prediction: /o}} | source.predictions.features.car: '/a' is where features.salary stands already; two fields, two places
            {predictions: {topic: p, features: {salary: a, car: /b}, prediction: /o}} | source.predictions.features.salary: 'a' is no place in a record
            {predictions: {topic: p, features: /f, prediction: /o, score: /o}} | source.predictions.score: '/o' is where prediction stands already; two fields, two places
            {predictions: {topic: p, format: native, features: /f}} | source.predictions.format: native records are not mapped; leave the format out, or the fields
            {predictions: {topic: p, format: avro}} | source.predictions.format: 'avro' is not one of native, json, kserve
            {predictions: {topic: p, format: kserve, where: {/model: m}}} | source.predictions.where./model: '/model' cannot be used here; write key or header:NAME
            {predictions: {topic: p, where: {/model: [m]}}} | source.predictions.where./model: is no text, number or boolean to be equal to
            {predictions: {topic: p, where: {model: m}}} | source.predictions.where: 'model' is no place in a record
            {predictions: {topic: p, scor: /s}} | source.predictions: unknown key 'scor'; did you mean 'score'?
            {predictions: {id: key}} | source.predictions.topic: is missing
            {predictions: my topic} | source.predictions: 'my topic' is not a name
            {labels: {topic: l, id: /id}} | source.labels.label: is missing
            {labels: {topic: l, format: kserve}} | source.labels.format: 'kserve' has no labels; map them with JSON pointers
            {labels: {topic: l, label: /a, time: key}} | source.labels.time: 'key' cannot be used here; write /pointer/to/it or header:NAME or timestamp
            {features: {topic: f, features: {salary: /a}}} | source.features.features.car: is missing; every feature of the spec is mapped
            """)
    void saysWhereAndWhatIsWrong(String source, String problem) {
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(problem);
    }
}
