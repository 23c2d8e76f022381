package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.retune.fixture.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Plays a model's life on the pure process and keeps what was said. */
final class Play {
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    final RetuneProcess process = new RetuneProcess(new Settings(TIMEOUT, false));
    final ModelSpec spec;
    final List<Output> said = new ArrayList<>();
    List<MetaRecord> memory = List.of();
    ModelState state = ModelState.of(Given.MODEL);
    List<Output> last = List.of();

    Play(int trials, int parallel) {
        this.spec = Given.spec(trials, parallel);
    }

    Play wish(RetuneEvent wish) {
        return after(process.wish(state, wish, spec));
    }

    Play report(WorkerReport report) {
        return after(process.report(state, report, RecordIndex.of(memory)));
    }

    Play route(Route route) {
        return after(process.routed(state, route));
    }

    Play tick(Instant now) {
        return after(process.tick(state, now, RecordIndex.of(memory)));
    }

    private Play after(Outcome outcome) {
        state = outcome.state();
        last = outcome.said();
        said.addAll(last);
        return this;
    }

    /** Served by v1, asked by an alarm, with the data read. */
    static Play searching(int trials, int parallel) {
        return new Play(trials, parallel)
                .route(Given.route(1, "v1"))
                .wish(Given.wish("r1", RetuneEvent.Trigger.ALARM, "v1"))
                .report(Given.taken("r1", 1));
    }

    /** The same, with all trials done. */
    static Play confirming() {
        Play play = searching(3, 1);
        for (int n = 0; n < 3; n++) {
            play.report(Given.done("r1", n, 1, 0.9 - n * 0.01));
        }
        return play;
    }

    Searching search() {
        return (Searching) state.current();
    }

    <T> Stream<T> lastOf(Class<T> type) {
        return of(last, type);
    }

    <T> Stream<T> allOf(Class<T> type) {
        return of(said, type);
    }

    List<String> ledger() {
        return allOf(LedgerEntry.class).map(LedgerEntry::action).toList();
    }

    RetuneStatus status() {
        return allOf(RetuneStatus.class).reduce((a, b) -> b).orElseThrow();
    }

    List<String> tasks() {
        return allOf(WorkerTask.class).map(WorkerTask::taskId).toList();
    }

    List<String> json() {
        return said.stream().map(o -> o.key() + " " + Json.text(o.event())).toList();
    }

    private static <T> Stream<T> of(List<Output> said, Class<T> type) {
        return said.stream().map(Output::event).filter(type::isInstance).map(type::cast);
    }
}
