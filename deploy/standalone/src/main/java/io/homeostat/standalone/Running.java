package io.homeostat.standalone;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.StreamsHost;
import io.homeostat.gateway.route.Routes;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.lightgbm.LightGbmArtifact;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.standalone.loop.Await;
import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.LoopView;
import io.homeostat.standalone.traffic.Agrawal;
import io.homeostat.worker.queue.TrialWorkers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** The running process, as a scenario needs it: where things listen, when they are ready, what it may hold in hand. */
@Singleton
public class Running {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int BAD_MODEL_ROWS = 2_000;
    private static final int BAD_MODEL_TREES = 30;

    private final Topics topics;
    private final StreamsHost streams;
    private final Routes routes;
    private final TrialWorkers workers;
    private final ArtifactStore artifacts;
    private final MeterRegistry meters;

    Running(
            Topics topics,
            StreamsHost streams,
            Routes routes,
            TrialWorkers workers,
            ArtifactStore artifacts,
            MeterRegistry meters) {
        this.topics = topics;
        this.streams = streams;
        this.routes = routes;
        this.workers = workers;
        this.artifacts = artifacts;
        this.meters = meters;
    }

    /** Where the broker is. */
    public String bootstrapServers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    /** Where gateway and API listen. */
    public URI http() {
        // Quarkus tells the real port here, also when 0 asked for a free one
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Waits until the topology runs and the gateway knows its routes. */
    public void awaitReady() {
        Await.until(
                PATIENCE,
                "the services to be ready",
                () -> streams.isRunning() && routes.caughtUp(),
                () -> "streams are " + streams.state());
    }

    /** Waits until the gateway serves by a route's revision. */
    public void awaitRoute(String model, long revision) {
        Await.until(
                PATIENCE,
                "the gateway to serve " + model + " by route revision " + revision,
                () -> routes.appliedRevision(model).orElse(0) >= revision,
                () -> "it serves by " + routes.appliedRevision(model));
    }

    /** The decisions about a model. */
    public LoopView view(String model) {
        return new LoopView(bootstrapServers(), topics, model);
    }

    /** What a user's systems write. */
    public Feed feed() {
        return new Feed(bootstrapServers(), topics);
    }

    /** The trial workers of this process. */
    public TrialWorkers workers() {
        return workers;
    }

    /** The meters of this process. */
    public MeterRegistry meters() {
        return meters;
    }

    /** Loads a model for comparison, beside the gateway. */
    public ModelRuntime load(ArtifactRef artifact) {
        return ModelLoader.load(artifact, artifacts.get(artifact));
    }

    /** Trains a model on labels that say the opposite, and stores it: a candidate that must not win. */
    public ArtifactRef mixedUpModel(ModelSpec spec, Agrawal applicants, int function) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < BAD_MODEL_ROWS; i++) {
            Agrawal.Application applicant = applicants.next(function);
            rows.add(applicant.features());
            labels.add(applicant.label().equals(Agrawal.GRANTED) ? Agrawal.REFUSED : Agrawal.GRANTED);
        }
        DataSchema schema = DataSchema.learn(spec, rows, labels);
        try (BoosterTraining training =
                BoosterTraining.begin(schema, Map.of(), 1, new BoosterTraining.Rows(rows, labels), null)) {
            for (int i = 0; i < BAD_MODEL_TREES; i++) {
                training.iterate();
            }
            return artifacts.put(training.artifact().bytes(), LightGbmArtifact.FORMAT);
        }
    }
}
