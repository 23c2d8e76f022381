package io.homeostat.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs the example of the README; that it is the same is seen where all modules are, by {@code ReadmeExamplesTest}. */
class ReadmeTest {
    private record Judged(Map<String, Object> features, double score, String predicted, boolean wrong) {}

    private static MonitorStep example(Schema schema, List<Judged> rows, Instant from, Instant to) {
        Instant predictionTime = to;
        Instant labelTime = to.plusSeconds(60);
        // example:start
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY);
        rows.forEach(r -> builder.add(r.features(), r.score(), r.predicted(), r.wrong() ? 1.0 : 0.0));
        Reference reference = builder.build("v1", from, to);

        MonitorConfig config = MonitorConfig.of(Task.BINARY, schema, Duration.ofMinutes(10));
        Monitor monitor = new Monitor(config);
        MonitorState state = MonitorState.initial(config);
        monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        MonitorStep step = monitor.on(state, new ClassOutcome(labelTime, predictionTime, "v1", "1", "0", 0.7));
        // example:end
        return step;
    }

    @Test
    void theExampleIsQuiet() {
        Judged row = new Judged(Map.of("x", 1.0), 0.9, "1", false);
        MonitorStep step = example(
                new Schema(Map.of("x", FeatureType.NUMERIC)),
                List.of(row),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
        assertThat(step.alarm()).isEmpty();
    }
}
