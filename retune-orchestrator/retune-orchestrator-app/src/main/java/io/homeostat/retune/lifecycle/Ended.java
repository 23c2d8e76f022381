package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.StudyEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A re-tune that is over.
 *
 * @param status how it ended
 * @param study its study, if it came so far
 * @param proposed the candidate with its configuration as it was searched, if there is a candidate
 */
public record Ended(
        Order order, RetuneStatus status, @Nullable StudyEvent study, ModelState.@Nullable Version proposed)
        implements Retune {
    static Moved failed(Order order, Instant at, String reason) {
        Ended ended = new Ended(order, Statuses.of(order, Phase.FAILED, at, reason, null, null, null), null, null);
        return new Moved(ended, List.of(Output.ledger(order, at, "fail", reason, Map.of()), Output.of(ended.status())));
    }

    /** The end of a re-tune that has searched. */
    static Moved afterSearch(Searching search, Phase phase, Instant at, String reason, List<Output> before) {
        RetuneStatus status = Statuses.of(search.order(), phase, at, reason, search.snapshot(), search.study(), null);
        List<Output> said = new ArrayList<>(before);
        said.add(Output.of(status));
        return new Moved(new Ended(search.order(), status, search.report(), null), said);
    }
}
