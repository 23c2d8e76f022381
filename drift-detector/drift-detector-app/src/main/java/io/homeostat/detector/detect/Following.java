package io.homeostat.detector.detect;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.detector.detect.Hosted.Watch;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.profile.KnownReference;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.drift.statistics.monitor.MonitorInput;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.RowSample;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sees to it that the monitors know whom they follow and what he is compared with: who answers where no route says so, and
 * the references that come late or are learned.
 */
final class Following {
    /** Of a reference in a record, which holds it as text: a third more. Seasons of 1,500 features are not kept. */
    private static final long MOST_BYTES = Topic.MOST_STATE_BYTES * 7L / 10;

    private final Learning learning;
    private final Steps steps;
    private final Consumer<Record<String, Object>> forward;

    /** Tells a monitor what happened. */
    interface Steps {
        void take(Record<String, Object> record, Watch watch, DetectorState state, MonitorInput input);
    }

    Following(Learning learning, Steps steps, Consumer<Record<String, Object>> forward) {
        this.learning = learning;
        this.steps = steps;
        this.forward = forward;
    }

    /** Looks at who answered a share, and learns from its rows if that is the version watched and it has no reference. */
    void onShare(
            Record<String, Object> record,
            Hosted host,
            DetectorState state,
            ModelFact.PartialWindow share,
            long answered) {
        String version = share.modelVersion();
        if (version.equals(FeatureRow.VERSION)) {
            if (host.watch(state, version).state().champion().isEmpty()) {
                champion(record, host, state, version, -1);
            }
        } else if (state.monitor().routeRevision() < 0) {
            followMajority(record, host, state, share, answered);
        }
        Watch watch = host.watch(state, version);
        if (share.rows() != null && watch.state().champion().equals(Optional.of(version))) {
            refresh(record, host, state, version);
            if (watch.state().reference().isEmpty()) {
                learning.learn(host.spec(), version, RowSample.fromBytes(share.rows()))
                        .ifPresent(reference -> learned(record, state, watch, reference));
            }
        }
    }

    /** Of a past that is read, outcomes come before the first window has ended: none is to be lost for it. */
    void onOutcome(Record<String, Object> record, Hosted host, DetectorState state, String version, Instant at) {
        if (state.monitor().routeRevision() < 0 && state.monitor().champion().isEmpty()) {
            follow(record, host, state, version, at);
        }
    }

    private void followMajority(
            Record<String, Object> record,
            Hosted host,
            DetectorState state,
            ModelFact.PartialWindow share,
            long answered) {
        Optional<String> champion = state.monitor().champion();
        state.majority()
                .count(share.windowFrom().toEpochMilli(), share.modelVersion(), answered, champion)
                .ifPresent(next -> follow(record, host, state, next, share.windowFrom()));
    }

    private void follow(Record<String, Object> record, Hosted host, DetectorState state, String next, Instant at) {
        String reason = "no route says who serves; " + next + " answers"
                + state.monitor()
                        .champion()
                        .map(c -> " at least twice as many rows as " + c)
                        .orElse("");
        say(record, next, at, "follow", reason);
        champion(record, host, state, next, -1);
    }

    /** A version serves from now on, by a route of this revision or, with −1, without one. */
    void champion(Record<String, Object> record, Hosted host, DetectorState state, String version, long revision) {
        Watch watch = host.watch(state, version);
        watch.state().champion().ifPresent(before -> {
            learning.forget(record.key(), before);
            state.learned(before, false);
        });
        Optional<Learning.Found> found = learning.find(host.spec(), version);
        noteOrigin(state, version, found);
        steps.take(
                record,
                watch,
                state,
                new MonitorInput.ChampionChanged(version, found.map(Learning.Found::reference), revision));
    }

    /**
     * Takes the reference of a version watched that is there by now; one that came with the version replaces one that was
     * learned. A learned one is void when the spec names other features than it knows.
     */
    void refresh(Record<String, Object> record, Hosted host, DetectorState state, String version) {
        Watch watch = host.watch(state, version);
        if (!watch.state().champion().equals(Optional.of(version))) {
            return;
        }
        Optional<Reference> inForce = watch.state().reference();
        if (inForce.isEmpty()) {
            learning.find(host.spec(), version)
                    .ifPresent(found -> give(record, state, watch, version, Optional.of(found)));
        } else if (state.isLearned(version)) {
            Optional<Learning.Found> given = learning.given(record.key(), version);
            boolean fits = inForce.get().schema().equals(host.config().schema());
            if (given.isPresent() || !fits) {
                give(record, state, watch, version, given);
            }
        }
    }

    private void learned(Record<String, Object> record, DetectorState state, Watch watch, Reference found) {
        Reference reference = found.within(MOST_BYTES);
        String version = reference.modelVersion();
        Profile profile = reference.profile();
        KnownReference known = new KnownReference(reference, reference.toBytes());
        ReferenceEvent event =
                new ReferenceEvent(record.key(), version, profile.to(), profile.rows(), known.bytes(), true);
        forward.accept(record.withKey(event.key()).withValue(event));
        String reason = "no reference came with " + version + "; this one is learned from " + profile.rows()
                + " of its rows from " + profile.from() + " to " + profile.to();
        say(record, version, profile.to(), "reference", reason);
        give(record, state, watch, version, Optional.of(new Learning.Found(known, true)));
    }

    private void give(
            Record<String, Object> record,
            DetectorState state,
            Watch watch,
            String version,
            Optional<Learning.Found> found) {
        noteOrigin(state, version, found);
        steps.take(
                record, watch, state, new MonitorInput.ReferenceGiven(version, found.map(Learning.Found::reference)));
    }

    private static void noteOrigin(DetectorState state, String version, Optional<Learning.Found> found) {
        state.learned(version, found.isPresent() && found.get().learned());
        found.ifPresent(f -> state.cameAs(f.known()));
    }

    private void say(Record<String, Object> record, String version, Instant at, String action, String reason) {
        forward.accept(record.withValue(Decisions.followed(record.key(), version, at, action, reason)));
    }
}
