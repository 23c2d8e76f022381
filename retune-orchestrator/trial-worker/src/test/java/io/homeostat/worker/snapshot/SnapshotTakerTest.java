package io.homeostat.worker.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.worker.History;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.Recorded;
import io.homeostat.worker.task.TaskFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTakerTest {
    private static final ModelSpec SPEC = History.spec(400, "accuracy");
    private static final Instant UNTIL = History.START.plusSeconds(60L * 900);

    private final List<LabelledEvent> events = new ArrayList<>(History.events(1000, .5));

    private Snapshot take() {
        return take(events, null);
    }

    private static Snapshot take(List<LabelledEvent> events, Snapshot before) {
        return take(SPEC, events, before);
    }

    private static Snapshot take(ModelSpec spec, List<LabelledEvent> events, Snapshot before) {
        Recorded recorded = new Recorded();
        var task = new WorkerTask.TakeSnapshot("t", "r", spec, UNTIL, null, null, false, before);
        Snapshots.taker(events).run(task, recorded.attempt(task));
        return recorded.last(WorkerReport.SnapshotTaken.class).snapshot();
    }

    @Test
    void describesTheNewestRowsKnownUntilThen() {
        // given
        // when
        Snapshot snapshot = take();
        // then the labels of p0 to p840 are known by then
        assertThat(snapshot.rows()).isEqualTo(400);
        assertThat(snapshot.ranges())
                .containsExactly(new Snapshot.OffsetRange(0, 221, 421), new Snapshot.OffsetRange(1, 220, 420));
        assertThat(snapshot.training()).isEqualTo(240);
        assertThat(snapshot.metaFeatures()).containsKeys("logRows");
    }

    @Test
    void findsTheSameRowsAgainThoughMoreHaveCome() {
        // given
        Snapshot snapshot = take();
        LabelledEvent early = events.get(700);
        events.add(new LabelledEvent(early.prediction(), "1", UNTIL.plusSeconds(1), true));
        // when
        Dataset data = Snapshots.taker(events).rows(snapshot, SPEC, new Control(() -> false));
        // then
        assertThat(data.snapshot()).isEqualTo(snapshot);
        assertThat(data.holdout().rows()).hasSize(80);
        assertThat(data.holdout().labels().get(79)).isEqualTo(events.get(840).label());
        assertThat(data.toSearch(.5).rows()).hasSize(120);
        assertThat(data.toSearch(.01).rows()).hasSize(100);
    }

    @Test
    void saysHowTheDataHasMovedSinceAnEarlierSnapshot() {
        // given
        Snapshot before = take();
        for (int i = 500; i < 840; i++) {
            events.set(i, History.event("m", "q" + i, i, 7, "red", "1"));
        }
        // when
        Snapshot after = take(events, before);
        // then: rows that were used are gone, so nothing is said; without a change nothing has moved
        assertThat(after.metaFeatures()).doesNotContainKey("driftMax");
        assertThat(before.metaFeatures()).doesNotContainKey("driftMax");
        List<LabelledEvent> more = new ArrayList<>(History.events(1000, .5));
        assertThat(take(more, before).metaFeatures())
                .containsEntry("driftMax", 0.0)
                .containsEntry("driftRows", 0.0);
    }

    @Test
    void rowsThatHaveChangedAreAnError() {
        // given
        Snapshot snapshot = take();
        events.set(600, History.event("m", "p600", 600, .123, "red", "1"));
        // when
        // then
        assertThatThrownBy(() -> Snapshots.taker(events).rows(snapshot, SPEC, new Control(() -> false)))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining(snapshot.checksum());
    }

    @Test
    void anAucOfRowsOfOneClassIsNoneAndNothingIsSearchedByIt() {
        // given
        for (int i = 761; i < 841; i++) {
            events.set(i, History.event("m", "p" + i, i, .7, "red", "1"));
        }
        ModelSpec auc = History.spec(400, "auc");
        String problem =
                "there is no auc of one class: of the 80 rows of the hold-out 80 have the label '1'. Wait for labels of"
                        + " both classes, or name another metric in retune.objectives, like logLoss.";

        // then: neither is a snapshot taken, nor one used that was taken before
        assertThatThrownBy(() -> take(auc, events, null))
                .isInstanceOf(TaskFailure.class)
                .hasMessage(problem);
        Snapshot accuracy = take();
        assertThatThrownBy(() -> Snapshots.taker(events).rows(accuracy, auc, new Control(() -> false)))
                .hasMessage(problem);
    }

    @Test
    void theSameSnapshotIsReadOnce() {
        // given
        Snapshot snapshot = take();
        SnapshotTaker taker = Snapshots.taker(events);
        // when
        Dataset first = taker.rows(snapshot, SPEC, new Control(() -> false));
        Dataset second = taker.rows(snapshot, SPEC, new Control(() -> false));
        // then
        assertThat(second).isSameAs(first);
    }
}
