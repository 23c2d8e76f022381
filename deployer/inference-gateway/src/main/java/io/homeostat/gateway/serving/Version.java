package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.Route.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One side of a route: a version that is loaded, or that could not be. */
public final class Version {
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

    /** Whether it is loaded and would answer now. */
    public boolean ready() {
        return held != null && held.scorer().ready();
    }

    public Breaker breaker() {
        return breaker;
    }

    /** What it said of a row, as events and responses carry it. */
    public Answer answer(Said said) {
        double millis = Math.round(said.millis() * 1e3) / 1e3;
        if (said instanceof Said.Score score) {
            return new Answer(
                    name(),
                    target.artifact().sha256(),
                    score.output(),
                    score.score(),
                    score.probabilities(),
                    200,
                    millis);
        }
        int status = said instanceof Said.Failure failure ? failure.cause().status() : Cause.ERROR.status();
        // a row that the challenger refuses and the champion does not is the challenger's failure
        return failure(Math.max(Cause.ERROR.status(), status), millis);
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
