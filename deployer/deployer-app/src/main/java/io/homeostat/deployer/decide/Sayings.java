package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.lifecycle.RolloutEvidence;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.sequential.Moments;
import io.homeostat.rollout.verdict.ExpectedLoss;
import io.homeostat.rollout.verdict.Judgement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a rollout: its status, and a line in the ledger for every decision. */
final class Sayings {
    private Sayings() {}

    static RolloutStatus status(Underway underway, String reason) {
        RolloutEvidence evidence = underway.rollout().evidence();
        Judgement judgement = RolloutProcess.judge(underway.rollout());
        return new RolloutStatus(
                underway.rollout().id(),
                underway.rollout().model(),
                underway.candidate().version(),
                underway.champion().version(),
                phase(underway.rollout().state()),
                underway.step(),
                underway.rollout().weightPercent(),
                underway.rollout().times().started(),
                underway.rollout().now(),
                evidence.traffic().answered(),
                evidence.traffic().answeredByCandidate(),
                evidence.labels().differences().count(),
                reason,
                underway.retuneId(),
                underway.studyId(),
                gain(underway),
                lower(judgement.verdict()),
                judgement.reason());
    }

    private static @Nullable Double gain(Underway underway) {
        Moments differences = underway.rollout().evidence().labels().differences();
        return differences.count() == 0
                ? null
                : differences.mean() * underway.measure().unit();
    }

    static RolloutStatus.Phase phase(RolloutState state) {
        if (state instanceof RolloutState.Shadow) {
            return RolloutStatus.Phase.SHADOW;
        }
        if (state instanceof RolloutState.Serving) {
            return RolloutStatus.Phase.CANARY;
        }
        if (state instanceof RolloutState.Held || state instanceof RolloutState.Waiting) {
            return RolloutStatus.Phase.HELD;
        }
        if (state instanceof RolloutState.Watching) {
            return RolloutStatus.Phase.WATCHING;
        }
        return state instanceof RolloutState.Promoted ? RolloutStatus.Phase.PROMOTED : RolloutStatus.Phase.ROLLED_BACK;
    }

    /** Of a rollout that ends because it cannot be read. */
    static RolloutStatus lost(String model, LostRollout lost, boolean promoted, Instant at) {
        return new RolloutStatus(
                lost.rolloutId(),
                model,
                lost.candidateVersion(),
                lost.championVersion(),
                promoted ? RolloutStatus.Phase.PROMOTED : RolloutStatus.Phase.ROLLED_BACK,
                0,
                promoted ? 100 : 0,
                at,
                at,
                0,
                0,
                0,
                lost.reason(),
                null,
                null,
                null,
                null,
                null);
    }

    static LedgerEntry ofLost(String model, LostRollout lost, boolean promoted, Instant at) {
        return line(
                model,
                at,
                lost.rolloutId(),
                promoted ? "finish" : "rollback",
                lost.reason(),
                Map.of("candidateVersion", lost.candidateVersion(), "cause", "unreadable"));
    }

    static RolloutStatus firstChampion(CandidateEvent event, String reason) {
        return new RolloutStatus(
                event.candidateId(),
                event.model(),
                event.version(),
                null,
                RolloutStatus.Phase.PROMOTED,
                0,
                100,
                event.at(),
                event.at(),
                0,
                0,
                0,
                reason,
                event.retuneId(),
                event.studyId(),
                null,
                null,
                null);
    }

    /** A decision with all that {@link LedgerReplay} needs to make it again. */
    static LedgerEntry decided(Underway underway, RolloutDecision decision) {
        Map<String, Object> inputs = new LinkedHashMap<>(decision.inputs());
        inputs.put("candidateVersion", underway.candidate().version());
        inputs.put("championVersion", underway.champion().version());
        inputs.put("from", decision.from().label());
        inputs.put("to", decision.to().label());
        inputs.put("weightPercent", decision.weightPercent());
        inputs.put("verdict", lower(decision.verdict()));
        if (decision.to() instanceof RolloutState.RolledBack back) {
            inputs.put("cause", lower(back.cause()));
        }
        inputs.putAll(LedgerReplay.inputs(decision));
        ExpectedLoss loss =
                ExpectedLoss.after(underway.rollout().evidence().labels().differences());
        inputs.put("chanceBetter", loss.chanceBetter());
        inputs.put(
                "expectedLossOfPromoting",
                loss.ofPromoting() * underway.measure().unit());
        inputs.put(
                "expectedLossOfKeeping", loss.ofKeeping() * underway.measure().unit());
        return line(
                underway.rollout().model(),
                decision.time(),
                underway.rollout().id(),
                lower(decision.action()),
                decision.reason(),
                inputs);
    }

    /** A rollout's beginning, with its plan. */
    static LedgerEntry started(CandidateEvent event, Instant at, RolloutPlan plan, String reason) {
        Map<String, Object> inputs =
                new LinkedHashMap<>(ofCandidate(event, at, Turn.START, reason).inputs());
        inputs.put(LedgerReplay.PLAN, LedgerReplay.written(plan));
        return line(event.model(), at, event.candidateId(), Turn.START, reason, inputs);
    }

    static LedgerEntry ofCandidate(CandidateEvent event, Instant at, String action, String reason) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("candidateVersion", event.version());
        inputs.put("sha256", event.artifact().sha256());
        inputs.put("proposedBy", event.proposedBy());
        if (event.baselineVersion() != null) {
            inputs.put("baselineVersion", event.baselineVersion());
        }
        return line(event.model(), at, event.candidateId(), action, reason, inputs);
    }

    private static LedgerEntry line(
            String model, Instant at, String subject, String action, String reason, Map<String, Object> inputs) {
        return new LedgerEntry(model, at, LedgerEntry.Process.ROLLOUT, subject, action, reason, inputs);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
