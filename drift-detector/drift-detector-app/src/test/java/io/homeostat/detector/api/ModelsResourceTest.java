package io.homeostat.detector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsResourceTest {
    private static final Topics TOPICS = new Topics("mine", 1, (short) 1);
    private final List<ModelSpec> written = new ArrayList<>();

    @SuppressWarnings("NullAway") // registering does not ask the streams
    private final ModelsResource models = new ModelsResource(
            TOPICS,
            null,
            new SpecWriter(TOPICS, "nowhere:1") {
                @Override
                void write(ModelSpec spec) {
                    written.add(spec);
                }
            },
            UserTopics.of(TOPICS, "loans\\..*"),
            new TopicProvisioner("nowhere:1", TopicProvisioner.Mode.CHECK) {
                @Override
                public List<String> missing(Collection<String> names) {
                    return names.stream().filter(name -> name.endsWith("later")).toList();
                }
            });

    private Response put(String body) {
        return models.put("loans", body.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String body, String text) {
        Response response = put(body);
        assertThat(response.getStatus()).as(body).isEqualTo(400);
        assertThat((String) response.getEntity()).contains(text);
        assertThat(written).isEmpty();
    }

    @Test
    void registersASpecAndSaysItWithItsDefaults() {
        // when
        Response response = put("{model: loans, task: binary, features: {x: numeric}}");
        // then
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat((String) response.getEntity()).contains("\"labelHorizon\":\"1d\"");
        assertThat(written).extracting(ModelSpec::model).containsExactly("loans");
    }

    @Test
    void takesTheTopicsThatAreRead() {
        assertThat(put("{model: loans, task: binary, features: {x: numeric}, source: {labels: mine.labels}}")
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void takesTopicsOfTheUsersThatAreReadAndThere() {
        assertThat(put("{model: loans, features: {x: numeric}, source: {features: loans.rows}}")
                        .getStatus())
                .isEqualTo(200);
        written.clear();
        assertRefused(
                "{model: loans, task: binary, features: {x: numeric}, source: {predictions: loans.later}}",
                "source.predictions: there is no topic 'loans.later'; create it first");
        assertRefused(
                "{model: loans, task: binary, features: {x: numeric}, source: {predictions: cars}}",
                "source.predictions: 'cars' is not among the topics that this installation reads,"
                        + " homeostat.sources.topics=loans\\\\..*; set homeostat.sources.topics to");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertRefused("{model: cars, task: binary, features: {x: numeric}}", "'cars' is not 'loans' of the path");
        assertRefused("{model: loans, task: binary, features: {x: numeric}, wach: {}}", "did you mean 'watch'?");
        assertRefused("{model: loans, task: binary, features: {model.score: numeric}}", "model.score");
        assertRefused(
                "{model: loans, task: binary, features: {x: numeric}, source: {labels: elsewhere}}", "source.labels");
        assertRefused("{model: loans, task: binary, features: {x: numeric}, watch: {window: 1ms}}", "window");
        assertRefused(
                "{model: loans, task: binary, features: {x: numeric}, watch: {metrics: {rmse: {atMost: 1}}}}", "rmse");
        assertRefused("model: [", "model: ");
        assertRefused("", "");
    }
}
