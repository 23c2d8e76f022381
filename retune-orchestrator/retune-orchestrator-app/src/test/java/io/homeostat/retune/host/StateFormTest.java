package io.homeostat.retune.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Outcome;
import io.homeostat.retune.lifecycle.RetuneProcess;
import io.homeostat.retune.lifecycle.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateFormTest {
    private final RetuneProcess process = new RetuneProcess(new Settings(Duration.ofMinutes(5), false));

    @Test
    void aStateReadBackAtAnyMomentGoesOnAsIfItHadNotBeen() {
        List<ModelState> kept = play(false);
        List<ModelState> read = play(true);
        assertThat(read).hasSameSizeAs(kept);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(new String(StateForm.bytes(read.get(i)))).isEqualTo(new String(StateForm.bytes(kept.get(i))));
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (ModelState state : play(false)) {
            assertThat(StateForm.bytes(StateForm.state(StateForm.bytes(state)))).isEqualTo(StateForm.bytes(state));
        }
    }

    private List<ModelState> play(boolean readBack) {
        List<ModelState> states = new ArrayList<>();
        ModelState state =
                process.routed(ModelState.of(Given.MODEL), Given.route(1, "v1")).state();
        Outcome next = process.wish(state, Given.wish("r1", Trigger.ALARM, "v1"), Given.spec(16, 2));
        states.add(next.state());
        List<WorkerReport> reports = new ArrayList<>(List.of(Given.taken("r1", 1)));
        for (int n = 0; n < 16; n++) {
            reports.add(Given.started("r1.trial." + n, "r1", 1));
            reports.add(Given.step("r1", n, 1, 10, 0.5 + 0.3 * Math.sin(n)));
            reports.add(Given.done("r1", n, 1, 0.6 + 0.3 * Math.sin(n)));
        }
        reports.add(Given.confirmed("r1", 1, new HoldoutEvidence(200, "accuracy", 0.95, 0.71, 58, 10, 1.5e-9)));
        for (WorkerReport report : reports) {
            ModelState from = next.state();
            next = process.report(
                    readBack ? StateForm.state(StateForm.bytes(from)) : from, report, RecordIndex.of(List.of()));
            states.add(next.state());
        }
        assertThat(next.state().current()).isNull();
        return states;
    }
}
