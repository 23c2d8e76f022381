package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.retune.search.StudyReport;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a re-tune stands, as others are told. */
final class Statuses {
    private Statuses() {}

    static RetuneStatus of(
            Order order,
            Phase phase,
            Instant at,
            String reason,
            @Nullable Snapshot snapshot,
            @Nullable StudyState study,
            @Nullable String candidate) {
        return new RetuneStatus(
                order.retuneId(),
                order.model(),
                phase,
                order.trigger(),
                order.at(),
                at,
                reason,
                snapshot,
                study == null ? null : study.spec().name(),
                study == null ? 0 : StudyReport.ended(study),
                study == null ? null : Results.best(study).flatMap(Trial::value).orElse(null),
                candidate);
    }
}
