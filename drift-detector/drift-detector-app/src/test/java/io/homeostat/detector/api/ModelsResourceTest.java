package io.homeostat.detector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsResourceTest {
    private static final Topics TOPICS = new Topics("mine", 1, (short) 1);
    private final List<ModelSpec> written = new ArrayList<>();

    @SuppressWarnings("NullAway") // registering does not ask the streams
    private final ModelsResource models = new ModelsResource(TOPICS, null, new SpecWriter(TOPICS, "nowhere:1") {
        @Override
        void write(ModelSpec spec) {
            written.add(spec);
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
