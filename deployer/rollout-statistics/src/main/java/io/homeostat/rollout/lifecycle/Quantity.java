package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.routing.Arm;
import java.util.function.ToDoubleFunction;

/** The numbers that decisions rest on, and that the ledger keeps, each under its name. */
enum Quantity {
    STABLE_REQUESTS("stableRequests", e -> e.traffic().stable().requests()),
    STABLE_FAILURES("stableFailures", e -> e.traffic().stable().failures()),
    STABLE_RECENT_REQUESTS(
            "stableRecentRequests", e -> e.traffic().stable().recent().count()),
    STABLE_RECENT_FAILURES(
            "stableRecentFailures", e -> e.traffic().stable().recent().mean()),
    CANDIDATE_REQUESTS("candidateRequests", e -> e.traffic().candidate().requests()),
    CANDIDATE_FAILURES("candidateFailures", e -> e.traffic().candidate().failures()),
    CANDIDATE_RECENT_REQUESTS(
            "candidateRecentRequests", e -> e.traffic().candidate().recent().count()),
    CANDIDATE_RECENT_FAILURES(
            "candidateRecentFailures", e -> e.traffic().candidate().recent().mean()),
    CANDIDATE_IN_STEP("candidateInStep", e -> e.traffic().candidateInStep()),
    CANDIDATE_SERVED_SHARE("candidateServedShare", e -> e.traffic().candidateServedShare()),
    SAMPLE_RATIO_LOG_E("sampleRatioLogE", e -> e.traffic().ratio().logE()),
    LABELS("judgedLabels", e -> e.labels().pairs().labels()),
    CANDIDATE_BETTER("candidateBetter", e -> e.labels().pairs().candidateBetter()),
    STABLE_BETTER("stableBetter", e -> e.labels().pairs().stableBetter()),
    CANDIDATE_SINGLE_LABELS(
            "candidateSingleLabels",
            e -> e.labels().pairs().singles().candidate().count()),
    CANDIDATE_SINGLE_LOSS(
            "candidateSingleLoss", e -> e.labels().pairs().singles().candidate().mean()),
    STABLE_SINGLE_LABELS(
            "stableSingleLabels", e -> e.labels().pairs().singles().stable().count()),
    STABLE_SINGLE_LOSS(
            "stableSingleLoss", e -> e.labels().pairs().singles().stable().mean()),
    MEAN_DIFFERENCE("meanDifference", e -> e.labels().pairs().differences().mean()),
    VARIANCE("varianceOfDifferences", e -> e.labels().pairs().differences().variance()),
    SUPERIORITY_LOG_E("superiorityLogE", e -> e.labels().pairs().superiority().logE()),
    HIGHEST_SUPERIORITY_LOG_E("highestSuperiorityLogE", e -> e.labels().pairs().highestSuperiorityLogE()),
    NON_INFERIORITY_LOG_E(
            "nonInferiorityLogE", e -> e.labels().pairs().nonInferiority().logE()),
    HARM_LOG_E("harmLogE", e -> e.labels().pairs().harm().logE()),
    STABLE_COVERAGE("stableCoverage", e -> e.labels().coverage().of(Arm.STABLE)),
    CANDIDATE_COVERAGE("candidateCoverage", e -> e.labels().coverage().of(Arm.CANDIDATE)),
    STABLE_WORSENED("stableWorsenedDeviations", e -> e.labels().stableLoss().deviations());

    final String key;
    final ToDoubleFunction<RolloutEvidence> of;

    Quantity(String key, ToDoubleFunction<RolloutEvidence> of) {
        this.key = key;
        this.of = of;
    }
}
