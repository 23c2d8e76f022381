package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.rollout.lifecycle.PairedEvidence;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.lifecycle.RolloutEvidence;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
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
                underway.rollout().startedAt(),
                underway.rollout().now(),
                evidence.answered(),
                evidence.answeredByCandidate(),
                evidence.pairs().pairs() + evidence.watchPairs().pairs(),
                reason,
                underway.retuneId(),
                underway.studyId(),
                gain(underway),
                lower(judgement.verdict()),
                judgement.reason());
    }

    private static @Nullable Double gain(Underway underway) {
        PairedEvidence before = underway.rollout().evidence().pairs();
        PairedEvidence after = underway.rollout().evidence().watchPairs();
        long pairs = before.pairs() + after.pairs();
        if (pairs == 0) {
            return null;
        }
        double sum = before.pairs() * before.differences().mean()
                + after.pairs() * after.differences().mean();
        return sum / pairs * underway.measure().unit();
    }

    static RolloutStatus.Phase phase(RolloutState state) {
        if (state instanceof RolloutState.Shadow) {
            return RolloutStatus.Phase.SHADOW;
        }
        if (state instanceof RolloutState.Canary) {
            return RolloutStatus.Phase.CANARY;
        }
        if (state instanceof RolloutState.Held) {
            return RolloutStatus.Phase.HELD;
        }
        if (state instanceof RolloutState.Watching) {
            return RolloutStatus.Phase.WATCHING;
        }
        return state instanceof RolloutState.Promoted ? RolloutStatus.Phase.PROMOTED : RolloutStatus.Phase.ROLLED_BACK;
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
                null);
    }

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
        return line(
                underway.rollout().model(),
                decision.time(),
                underway.rollout().id(),
                lower(decision.action()),
                decision.reason(),
                inputs);
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
