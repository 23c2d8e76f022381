package io.homeostat.detector.join;

import io.homeostat.detector.ingest.mapping.InferenceHalf;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a logged request.
 *
 * @param request once it came, until it is joined
 * @param response once it came, until it is joined
 * @param joined whether both came; their content is forgotten then, that they came is not
 * @param expiresAtMillis event time from which it is forgotten; 0 before anything came
 */
record PairState(
        @Nullable InferenceHalf request, @Nullable InferenceHalf response, boolean joined, long expiresAtMillis) {
    static final PairState NOTHING = new PairState(null, null, false, 0);

    PairState with(InferenceHalf half) {
        return half.side() == InferenceHalf.Side.REQUEST
                ? new PairState(half, response, joined, expiresAtMillis)
                : new PairState(request, half, joined, expiresAtMillis);
    }

    PairState done() {
        return new PairState(null, null, true, expiresAtMillis);
    }

    PairState until(long millis) {
        return new PairState(request, response, joined, millis);
    }

    /** The half of the same side that came before. */
    @Nullable
    InferenceHalf of(InferenceHalf.Side side) {
        return side == InferenceHalf.Side.REQUEST ? request : response;
    }
}
