package io.homeostat.metastore;

import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events of the model "loans". */
public final class Studies {
    public static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");

    private Studies() {}

    /** A finished study of day {@code day}: complete trials with these values; trial i has num_leaves 10 + i. */
    public static StudyEvent finished(String id, int day, double... values) {
        List<TrialSummary> trials = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            trials.add(trial(i, "complete", values[i]));
        }
        return study(id, day, true, trials);
    }

    public static StudyEvent study(String id, int day, boolean finished, List<TrialSummary> trials) {
        Instant start = T0.plus(Duration.ofDays(day));
        return new StudyEvent(
                id,
                id,
                "loans",
                false,
                "lightgbm",
                "accuracy",
                "maximize",
                Map.of("num_leaves", Map.of("int", List.of(4, 128))),
                finished,
                Map.of("logRows", 8.5),
                trials,
                null,
                null,
                List.of(),
                900L,
                start,
                start.plusSeconds(60));
    }

    public static TrialSummary trial(int number, String state, Double value) {
        return new TrialSummary(number, state, "tpe", Map.of("num_leaves", 10 + number), value, 8);
    }

    public static RolloutStatus rollout(String study, RolloutStatus.Phase phase, int hours, Double gain) {
        return new RolloutStatus(
                study,
                "loans",
                "v2",
                "v1",
                phase,
                1,
                5,
                T0,
                T0.plus(Duration.ofHours(hours)),
                1_000,
                50,
                900,
                "superior with e = 310",
                study,
                study,
                gain,
                null,
                null);
    }
}
