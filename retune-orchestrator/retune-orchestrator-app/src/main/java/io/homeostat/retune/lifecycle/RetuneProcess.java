package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.retune.search.Samplers;
import io.homeostat.retune.trigger.Admission;
import io.homeostat.retune.trigger.Rules;
import io.homeostat.retune.warmstart.Incumbent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that can happen to a model's re-tuning: a wish, a worker's report, a new route, and time passing. Each takes the
 * model's state and gives the state from there on and what is said; nothing else is read but the memory, so the same events give
 * the same re-tune.
 */
public final class RetuneProcess {
    private final Settings settings;
    private final Samplers samplers = new Samplers();

    public RetuneProcess(Settings settings) {
        this.settings = settings;
    }

    /**
     * Someone wishes a re-tune.
     *
     * @param spec the model's spec as it is now
     */
    public Outcome wish(ModelState state, RetuneEvent wish, ModelSpec spec) {
        Admission admission = Rules.decide(wish, state.standing(wish.id()));
        List<Output> said = new ArrayList<>();
        said.add(Output.ledger(
                wish.model(),
                wish.id(),
                LedgerEntry.Process.RETUNE,
                wish.at(),
                admission.action(),
                admission.reason(),
                inputs(wish, state)));
        if (admission instanceof Admission.Ignored) {
            return new Outcome(state, said);
        }
        ModelState seen = state.seen(wish.id());
        return admission instanceof Admission.Accepted
                ? outcome(
                        seen,
                        said,
                        Snapshotting.begin(Order.of(wish, spec, learnedUntil(state)), state.lastSnapshot(), wish.at()))
                : new Outcome(seen, said);
    }

    /**
     * A worker says something.
     *
     * @param records the records of earlier studies
     */
    public Outcome report(ModelState state, WorkerReport report, RecordIndex records) {
        Retune.Running current = state.current();
        if (current == null || !current.order().retuneId().equals(report.retuneId())) {
            return new Outcome(state, useless(report, "its re-tune is not under way"));
        }
        Instant at = settings.eventClock() ? current.order().at() : report.at();
        Moment moment = moment(state, at, records);
        Moved moved;
        if (current instanceof Snapshotting snapshotting) {
            moved = on(snapshotting, report, moment);
        } else if (current instanceof Searching searching) {
            moved = on(searching, report, moment);
        } else {
            moved = on((Confirming) current, report, moment);
        }
        List<Output> said = isOver(current, report) ? useless(report, "its part of the re-tune is over") : List.of();
        return outcome(state, said, moved);
    }

    /** The route of a model changed; an older revision than the newest seen is void. */
    public Outcome routed(ModelState state, Route route) {
        if (route.revision() <= state.revision()) {
            return new Outcome(state, List.of());
        }
        return new Outcome(state.routed(route), List.of());
    }

    /**
     * Time has passed. Never called where only events move time.
     *
     * @param records the records of earlier studies
     */
    public Outcome tick(ModelState state, Instant now, RecordIndex records) {
        Retune.Running current = state.current();
        if (current == null) {
            return new Outcome(state, List.of());
        }
        Moved moved;
        if (current instanceof Snapshotting snapshotting) {
            moved = snapshotting.tick(now, settings.taskTimeout());
        } else if (current instanceof Searching searching) {
            moved = searching.tick(settings.taskTimeout(), moment(state, now, records));
        } else {
            moved = ((Confirming) current).tick(now, settings.taskTimeout());
        }
        return outcome(state, List.of(), moved);
    }

    private static Moved on(Snapshotting state, WorkerReport report, Moment moment) {
        if (report instanceof WorkerReport.Started started) {
            return state.started(started);
        }
        if (report instanceof WorkerReport.SnapshotTaken taken) {
            return state.taken(taken, moment);
        }
        return report instanceof WorkerReport.Failed failed ? state.failed(failed, moment) : Moved.stays(state);
    }

    private static Moved on(Searching state, WorkerReport report, Moment moment) {
        if (report instanceof WorkerReport.Started started) {
            return state.started(started, moment);
        }
        if (report instanceof WorkerReport.Step step) {
            return state.step(step, moment);
        }
        if (report instanceof WorkerReport.TrialDone done) {
            return state.done(done, moment);
        }
        return report instanceof WorkerReport.Failed failed ? state.failed(failed, moment) : Moved.stays(state);
    }

    private static Moved on(Confirming state, WorkerReport report, Moment moment) {
        if (report instanceof WorkerReport.Started started) {
            return state.started(started);
        }
        if (report instanceof WorkerReport.Confirmed confirmed) {
            return state.confirmed(confirmed, moment);
        }
        return report instanceof WorkerReport.Failed failed ? state.failed(failed, moment) : Moved.stays(state);
    }

    /** Whether a report is about work that nobody waits for any more. */
    private static boolean isOver(Retune.Running current, WorkerReport report) {
        if (current instanceof Snapshotting snapshotting) {
            return !snapshotting.task().taskId().equals(report.taskId());
        }
        if (current instanceof Searching searching) {
            return searching.open().values().stream()
                    .noneMatch(open -> open.taskId().equals(report.taskId()));
        }
        return !((Confirming) current).task().taskId().equals(report.taskId());
    }

    /** A worker that begins what nobody waits for is told to stop, so that it can take other work. */
    private static List<Output> useless(WorkerReport report, String reason) {
        return report instanceof WorkerReport.Started
                ? List.of(Output.stop(report.model(), report.retuneId(), report.taskId(), reason))
                : List.of();
    }

    private Moment moment(ModelState state, Instant at, RecordIndex records) {
        return new Moment(at, state.champion(), incumbent(state), state.nextVersion(), records, samplers);
    }

    private static Optional<Incumbent> incumbent(ModelState state) {
        Route.Target champion = state.champion();
        if (champion == null) {
            return Optional.empty();
        }
        Map<String, Object> parameters =
                state.championMade().map(ModelState.Version::parameters).orElse(null);
        return Optional.of(new Incumbent(champion.version(), parameters));
    }

    private static @Nullable Instant learnedUntil(ModelState state) {
        return state.championMade()
                .flatMap(made -> Optional.ofNullable(made.learnedUntil()))
                .orElse(null);
    }

    private static Outcome outcome(ModelState state, List<Output> before, Moved moved) {
        List<Output> said = new ArrayList<>(before);
        said.addAll(moved.said());
        return moved.next() instanceof Retune.Running running
                ? new Outcome(state.at(running), said)
                : new Outcome(state.after((Ended) moved.next()), said);
    }

    private static Map<String, Object> inputs(RetuneEvent wish, ModelState state) {
        return Map.of(
                "trigger", wish.trigger(),
                "dataUntil", wish.dataUntil(),
                "about", wish.modelVersion() == null ? "" : wish.modelVersion(),
                "champion", state.champion() == null ? "" : state.champion().version(),
                "evidence", wish.evidence().size());
    }
}
