package io.homeostat.retune.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.RetuneProcess;
import io.homeostat.retune.lifecycle.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetuneDeskTest {
    private final RetuneProcess process = new RetuneProcess(new Settings(Duration.ofMinutes(5), false));
    private final List<RetuneEvent> told = new ArrayList<>();
    private Optional<ModelState> state = Optional.of(ModelState.of(Given.MODEL));
    private final RetuneDesk desk = new RetuneDesk(
            new RetuneViews() {
                @Override
                public Optional<Boolean> registered(String model) {
                    return Optional.of(model.equals(Given.MODEL));
                }

                @Override
                public Optional<ModelState> state(String model) {
                    return state;
                }
            },
            told::add);

    @Test
    void aModelWithoutReTunesHasNone() {
        assertThat(desk.retunes(Given.MODEL)).isEqualTo(new RetuneDesk.Retunes(null, List.of()));
        assertThatThrownBy(() -> desk.study(Given.MODEL))
                .hasMessage("model: 'loans' has no study yet; its first begins with a re-tune");
    }

    @Test
    void theRunningOneAndThePastOnesAreShownWithTheStudy() {
        wish("r1");
        assertThat(desk.retunes(Given.MODEL).current().phase()).isEqualTo(Phase.SNAPSHOT);
        report(Given.taken("r1", 1));
        assertThat(desk.retunes(Given.MODEL).current().reason()).isEqualTo("0 of 1 trials have ended, 1 are under way");
        assertThat(desk.study(Given.MODEL).trials()).hasSize(1);
        report(Given.done("r1", 0, 1, 0.9));
        assertThat(desk.retunes(Given.MODEL).current().phase()).isEqualTo(Phase.CONFIRM);
        report(Given.confirmed("r1", 1, Given.alone()));
        wish("r2");
        assertThat(desk.retunes(Given.MODEL).past())
                .singleElement()
                .satisfies(past -> assertThat(past.phase()).isEqualTo(Phase.CANDIDATE));
        assertThat(desk.study(Given.MODEL).studyId()).isEqualTo("r1");
    }

    @Test
    void aPersonsWishIsTold() {
        desk.wish(Given.MODEL, bytes("{\"summary\": \"new product\", \"who\": \"Ada\"}"));
        assertThat(told).singleElement().satisfies(wish -> {
            assertThat(wish.trigger()).isEqualTo(Trigger.PERSON);
            assertThat(wish.model()).isEqualTo(Given.MODEL);
            assertThat(wish.summary()).isEqualTo("Ada asks: new product");
            assertThat(wish.dataUntil()).isEqualTo(wish.at());
        });
    }

    @Test
    void aWishThatCannotBeReadIsRefusedWithWhatIsWrong() {
        refused(400, "summary: is missing", "{\"who\": \"Ada\"}");
        refused(400, "who: is empty", "{\"summary\": \"s\", \"who\": \" \"}");
        refused(400, "unknown key 'why'", "{\"summary\": \"s\", \"who\": \"Ada\", \"why\": \"s\"}");
        refused(400, "Write {\"summary\": \"why\", \"who\": \"your name\"}", "");
        assertThat(told).isEmpty();
    }

    @Test
    void anUnknownModelAndARestoringStateAreSaidSo() {
        assertThatThrownBy(() -> desk.retunes("nobody"))
                .hasMessage("model: 'nobody' is not registered; register its spec first")
                .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(404));
        assertThatThrownBy(() -> desk.wish("nobody", bytes("{}")))
                .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(404));
        state = Optional.empty();
        assertThatThrownBy(() -> desk.retunes(Given.MODEL))
                .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(503));
    }

    @Test
    void aWishWithoutABodyIsRefusedWithAdvice() {
        assertThatThrownBy(() -> new RetunesResource(desk).wish(Given.MODEL, null))
                .hasMessageEndingWith("Write {\"summary\": \"why\", \"who\": \"your name\"}")
                .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(400));
        assertThat(told).isEmpty();
    }

    private void refused(int status, String message, String body) {
        assertThatThrownBy(() -> desk.wish(Given.MODEL, bytes(body)))
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(status));
    }

    private void wish(String id) {
        state = Optional.of(process.wish(state.orElseThrow(), Given.wish(id, Trigger.PERSON, null), Given.spec(1, 1))
                .state());
    }

    private void report(io.homeostat.backbone.event.WorkerReport report) {
        state = Optional.of(process.report(state.orElseThrow(), report, RecordIndex.of(List.of()))
                .state());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
