package io.homeostat.standalone;

import io.homeostat.standalone.demo.Demo;
import io.homeostat.standalone.loop.Say;
import io.homeostat.standalone.replay.Replay;
import io.homeostat.standalone.replay.ReplayRequest;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What runs once all services are up. */
public class App implements QuarkusApplication {
    private static @Nullable Scenario next;

    private final Running running;
    private final Demo demo;
    private final Replay replay;

    App(Running running, Demo demo, Replay replay) {
        this.running = running;
        this.demo = demo;
        this.replay = replay;
    }

    /** A scenario to play. */
    interface Scenario {
        /** Plays it; the exit code. */
        int play(App app, Say say);
    }

    static void next(Scenario scenario) {
        next = scenario;
    }

    /** The scenario of a command. Errors: {@link IllegalArgumentException} about its words. */
    static Scenario scenario(String command, Options options) {
        long seed = options.number("seed", 1, 0, Long.MAX_VALUE);
        return switch (command) {
            case "demo" -> {
                boolean stay = options.flag("stay");
                yield (app, say) -> app.demo(seed, stay, say);
            }
            case "replay" -> {
                ReplayRequest request = ReplayRequest.of(options);
                yield (app, say) -> app.replay.run(request, say);
            }
            default -> (app, say) -> app.up(say);
        };
    }

    @Override
    public int run(String... args) {
        Say say = Say.console();
        running.awaitReady();
        say.line(
                "homeostat",
                "broker on " + running.bootstrapServers() + ", gateway and API on " + running.http() + ", ready in "
                        + Say.time(Duration.ofMillis(java.lang.management.ManagementFactory.getRuntimeMXBean()
                                .getUptime())));
        Scenario scenario = next;
        return scenario == null ? up(say) : scenario.play(this, say);
    }

    private int demo(long seed, boolean stay, Say say) {
        boolean kept = demo.run(seed, say);
        if (stay) {
            say.text("");
            say.text("Everything goes on running; stop it with Ctrl-C.");
            whereToLook(say);
            Quarkus.waitForExit();
        } else {
            say.text("");
            say.text(
                    "Look next: ./homeostat demo --stay keeps it running for you to ask; ./homeostat up starts your own;");
            say.text(
                    "           ./homeostat replay FILE --label COLUMN puts your recorded data through the same loop.");
        }
        return kept ? 0 : 1;
    }

    private int up(Say say) {
        whereToLook(say);
        Quarkus.waitForExit();
        return 0;
    }

    private void whereToLook(Say say) {
        String base = running.http().toString();
        say.text("");
        say.text("  models     " + base + "/api/v1/models          PUT a spec to " + base + "/api/v1/models/NAME");
        say.text("  predict    " + base + "/v2/models/NAME/infer   Open Inference Protocol");
        say.text("  health     " + base + "/q/health               meters " + base + "/q/metrics");
        say.text("  API        " + base + "/q/openapi");
        say.text("  Kafka      " + running.bootstrapServers());
    }
}
