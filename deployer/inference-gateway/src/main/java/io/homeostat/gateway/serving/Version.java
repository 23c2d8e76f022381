package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.Route.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One side of a route: a version that is loaded, or that could not be. */
public final class Version {
    /** Answered. */
    public static final int OK = 200;
    /** Failed. */
    public static final int FAILED = 500;
    /** Cannot be loaded, or has no thread to run on. */
    public static final int UNAVAILABLE = 503;
    /** Did not answer in time. */
    public static final int TIMED_OUT = 504;

    private final Target target;
    private final WarmScorers.@Nullable Held held;
    private final Breaker breaker = new Breaker();

    Version(Target target, WarmScorers.@Nullable Held held) {
        this.target = target;
        this.held = held;
    }

    /** Its name. */
    public String name() {
        return target.version();
    }

    /** Its model; absent when the artifact could not be loaded. */
    public Optional<Scorer> scorer() {
        return held == null ? Optional.empty() : Optional.of(held.scorer());
    }

    public Breaker breaker() {
        return breaker;
    }

    /** Its answer to a row; whatever goes wrong is thrown. */
    public Answer answer(Map<String, Object> row) {
        Scorer scorer = scorer().orElseThrow(() -> new IllegalStateException(name() + " is not loaded"));
        long start = System.nanoTime();
        Scorer.Score score = scorer.score(row);
        double micros = Math.round((System.nanoTime() - start) / 1e3);
        return new Answer(
                name(),
                target.artifact().sha256(),
                score.output(),
                score.score(),
                score.probabilities(),
                OK,
                micros / 1e3);
    }

    /** What stands in an event when this side did not answer. */
    public Answer failure(int statusCode, @Nullable Double latencyMillis) {
        return new Answer(name(), target.artifact().sha256(), null, null, null, statusCode, latencyMillis);
    }

    void letGo() {
        if (held != null) {
            held.letGo();
        }
    }
}
