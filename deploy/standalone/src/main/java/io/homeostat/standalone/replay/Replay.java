package io.homeostat.standalone.replay;

import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.standalone.Running;
import io.homeostat.standalone.dataset.Columns;
import io.homeostat.standalone.dataset.DataFile;
import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.GatewayClient;
import io.homeostat.standalone.loop.LoopView;
import io.homeostat.standalone.loop.Say;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Streams a recorded file through the loop: the first rows train the first champion, every later row is predicted by
 * whoever serves, then its label follows. Event time rules.
 */
@ApplicationScoped
public class Replay {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final Duration FIRST_CHAMPION_PATIENCE = Duration.ofMinutes(10);

    private final Running running;

    Replay(Running running) {
        this.running = running;
    }

    /** A row of the file. */
    record Row(long number, String id, Instant time, Map<String, Object> features, String label) {}

    /** Runs it; the exit code. */
    public int run(ReplayRequest request, Say say) {
        DataFile file = DataFile.open(request.file());
        Columns columns = Columns.learn(file, request.label(), request.trainRows());
        ModelSpec spec = request.spec()
                .map(p -> ModelSpec.read(bytes(p)))
                .orElseGet(() -> ReplaySpec.of(columns, request.labelLagRows(), request.seed()));
        introduce(request, columns, spec, say);
        GatewayClient gateway = new GatewayClient(running.http(), spec.model(), spec.features());
        try (LoopView view = running.view(spec.model());
                Feed feed = running.feed()) {
            ReplayReport report = new ReplayReport(columns.task());
            ReplayLoop loop = new ReplayLoop(running, spec, request, gateway, view, feed, report, say);
            view.listen(loop::decided).start();
            gateway.send("PUT", "/api/v1/models/" + spec.model(), "application/json", Json.bytes(spec));
            stream(request, file, columns, spec, feed, loop);
            report.print(say);
            request.json().ifPresent(path -> write(path, report.json()));
            return 0;
        }
    }

    private static void introduce(ReplayRequest request, Columns columns, ModelSpec spec, Say say) {
        say.line(
                "replay",
                request.file().getFileName() + ": " + spec.features().size() + " features, " + columns.task()
                        + " label '" + columns.label() + "'");
        if (!columns.clocks().isEmpty() && request.spec().isEmpty()) {
            say.line(
                    "replay",
                    "left out because they only rise, like a clock: " + String.join(", ", columns.clocks())
                            + " (a --spec that names them keeps them)");
        }
    }

    private static void stream(
            ReplayRequest request, DataFile file, Columns columns, ModelSpec spec, Feed feed, ReplayLoop loop) {
        int labelColumn = file.columns().indexOf(columns.label());
        List<Row> training = new ArrayList<>();
        file.forEach((number, fields) -> {
            String label = fields.get(labelColumn);
            if (label == null) {
                return true;
            }
            Row row = new Row(
                    number,
                    "row-" + number,
                    START.plus(ReplaySpec.ROW.multipliedBy(number)),
                    columns.featuresOf(file.columns(), fields),
                    columns.task().isClassification()
                            ? label
                            : io.homeostat.backbone.event.LabelEvent.text("label", Double.valueOf(label)));
            if (training.size() < request.trainRows()) {
                training.add(row);
                feed.history(spec.model(), row.id(), row.features(), row.label(), row.time());
                if (training.size() == request.trainRows()) {
                    loop.firstChampion(row, FIRST_CHAMPION_PATIENCE);
                }
            } else {
                loop.row(row);
            }
            return true;
        });
        if (training.size() < request.trainRows()) {
            throw new IllegalArgumentException("the file has only " + training.size() + " labelled rows; --train needs "
                    + request.trainRows() + ". Give a smaller number.");
        }
        loop.end();
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("--spec: " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("--json: " + path + " cannot be written: " + e.getMessage(), e);
        }
    }
}
