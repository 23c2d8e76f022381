package io.homeostat.meta.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoTransferTest extends TransferContract {

    @Override
    String name() {
        return "auto";
    }

    @Test
    void itBeginsWithTheBestOfTheNewestTask() {
        // given: task4 is the newest
        TaskRecord newest =
                records().stream().max((a, b) -> a.at().compareTo(b.at())).orElseThrow();

        // when
        History history = run(sampler(SPACE, records()), SPACE, 1, TransferContract::bowl);

        // then
        double best = newest.trials().stream().mapToDouble(t -> t.value()).min().orElseThrow();
        assertThat(newest.trials().stream()
                        .filter(trial -> trial.value() == best)
                        .map(trial -> trial.parameters()))
                .containsExactly(history.get(0).configuration().values());
    }

    @Test
    void aPastThatMisleadsIsSeenThrough() {
        // given: earlier tasks were good elsewhere
        List<TaskRecord> misleading = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            misleading.add(record("wrong" + i, SPACE, 30, AutoTransferTest::elsewhere));
        }

        // when
        History history = run(sampler(SPACE, misleading), SPACE, 20, TransferContract::bowl);
        long warm = history.stream().filter(AutoTransferTest::isWarm).count();

        // then: the first trials are from the past, few of the others
        assertThat(history.subList(0, 2)).allMatch(AutoTransferTest::isWarm);
        assertThat(warm).isLessThanOrEqualTo(10);
        assertThat(history.stream().mapToDouble(FinishedTrial::value).min().orElseThrow())
                .isLessThan(0.3);
    }

    /** Least at rate .001, depth 12 and kind c. */
    private static double elsewhere(Configuration configuration) {
        double rate = Math.log10(((Number) configuration.value("rate").orElseThrow()).doubleValue()) + 3;
        double depth = (((Number) configuration.value("depth").orElseThrow()).doubleValue() - 12) / 6;
        return rate * rate
                + depth * depth
                + (configuration.value("kind").orElseThrow().equals("c") ? 0 : 0.5);
    }

    @Test
    void aPastWithTheWrongSignIsTurned() {
        // given
        List<TaskRecord> wrong = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            wrong.add(record("wrong" + i, SPACE, 30, c -> -bowl(c)));
        }

        // when
        History history = run(sampler(SPACE, wrong), SPACE, 15, TransferContract::bowl);

        // then
        assertThat(history.stream().mapToDouble(FinishedTrial::value).min().orElseThrow())
                .isLessThan(0.3);
    }

    @Test
    void aPastThatIsRightIsTrustedAlways() {
        // when
        History history = run(sampler(SPACE, records()), SPACE, 12, TransferContract::bowl);

        // then: of those after the first five, the sixth and the tenth are cold
        assertThat(history.stream().filter(AutoTransferTest::isWarm)).hasSize(10);
    }

    private static boolean isWarm(FinishedTrial trial) {
        return "warm".equals(trial.notes().get(WarmSampler.NOTE));
    }
}
