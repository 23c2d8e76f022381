package io.homeostat.benchmarks.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ColdStudyTest {

    private static Task line(AtomicInteger count) {
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        return new Task(
                "test",
                "line",
                space,
                seed -> new Task.Instance(
                        configuration -> {
                            count.incrementAndGet();
                            return (Double) configuration.values().get("x");
                        },
                        0,
                        0.5));
    }

    @Test
    void regretFallsAndIsTheSameForTheSameSeed() {
        for (int workers : new int[] {1, 8}) {
            // given
            AtomicInteger count = new AtomicInteger();

            // when
            ColdStudy.Outcome outcome = ColdStudy.run(line(count), "random", 3, workers);
            ColdStudy.Outcome again = ColdStudy.run(line(new AtomicInteger()), "random", 3, workers);

            // then
            assertThat(count).hasValue(100);
            assertThat(outcome.regrets()).hasSize(4).isEqualTo(again.regrets());
            for (int i = 1; i < 4; i++) {
                assertThat(outcome.regrets()[i]).isLessThanOrEqualTo(outcome.regrets()[i - 1]);
            }
            assertThat(outcome.regrets()[3]).isBetween(0.0, 0.2);
            assertThat(outcome.shared()).isZero();
        }
    }

    @Test
    void pointsOfRunningTrialsAreCounted() {
        // given: two points for eight workers
        Space space = Space.parse(Map.of("x", Map.of("int", List.of(0, 1))));
        Task task = new Task("test", "two", space, seed -> new Task.Instance(c -> 0, 0, 1));

        // when
        ColdStudy.Outcome outcome = ColdStudy.run(task, "random", 1, 8);

        // then
        assertThat(outcome.shared()).isBetween(90, 99);
    }

    @Test
    void noTestFunctionIsBelowItsLeastValue() {
        for (Task task : TestFunctions.all()) {
            // given
            Task.Instance instance = task.instances().apply(1);
            SplittableRandom random = new SplittableRandom(2);

            // when
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 500; i++) {
                Configuration drawn = task.space().sample(random);
                least = Math.min(least, instance.objective().applyAsDouble(drawn));
            }

            // then
            assertThat(least).as(task.name()).isGreaterThanOrEqualTo(instance.best() - 1e-9);
            assertThat(instance.regret(least)).as(task.name()).isBetween(0.0, 1.0);
        }
    }
}
