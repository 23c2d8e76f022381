package io.homeostat.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.meta.metafeature.MetaFeatureBuilder;
import io.homeostat.meta.method.Opening;
import io.homeostat.meta.method.TransferSpec;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.space.Space;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the example of the README; that it is the same is seen where all modules are, by {@code ReadmeExamplesTest}. */
class ReadmeTest {
    private record Row(Map<String, Object> features, String label) {}

    private static Sampler example(List<Row> rows, Space space, List<TaskRecord> records) {
        // example:start
        var builder = new MetaFeatureBuilder(io.homeostat.meta.metafeature.Target.CLASSES, 1);
        rows.forEach(row -> builder.add(row.features(), row.label()));

        Past past = Past.of(new Target("loans", "lightgbm", builder.metaFeatures(), space), records);
        past.ignored().forEach(record -> System.out.println(record.taskId() + " not used: " + record.reason()));

        // a whole search that knows the past
        Sampler sampler = TransferSpec.parse("auto").transfer().sampler(past);

        // or only what it would try first
        Opening.of(past, 5, 1)
                .trials()
                .forEach(trial -> System.out.println(trial.configuration() + ": " + trial.reason()));
        // example:end
        return sampler;
    }

    @Test
    void theExampleSearchesWithoutAPast() {
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        assertThat(example(List.of(new Row(Map.of("a", 1.0), "yes")), space, List.of()))
                .isNotNull();
    }
}
