package io.homeostat.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HarnessTest {
    @Test
    void figuresAreOneFlatJsonObject() {
        String json = new Figures()
                .add("missed", 0)
                .add("rate", 1234567.8)
                .add("p", 0.00012345678)
                .add("absent", Double.NaN)
                .json();
        assertThat(json).isEqualTo("{\"missed\": 0, \"rate\": 1234600, \"p\": 0.00012346, \"absent\": null}");
    }

    @Test
    void aFigureGivenTwiceIsAMistake() {
        Figures figures = new Figures().add("a", 1);
        assertThatThrownBy(() -> figures.add("a", 2)).hasMessage("figure a is given twice");
    }

    @Test
    void aTableIsAligned() {
        assertThat(new Table("what", "n").row("delay", 103).row("x", 7).toString())
                .isEqualTo("what     n\n-----  ---\ndelay  103\nx        7\n");
    }

    @Test
    void aSampleHasItsMiddleAndAnInterval() {
        Sample sample = new Sample(4, 1, 3, 2);
        assertThat(sample.median()).isEqualTo(2.5);
        assertThat(sample.mean()).isEqualTo(2.5);
        assertThat(sample.meanInterval()[0]).isBetween(1.0, 2.5);
        assertThat(sample.meanInterval()[1]).isBetween(2.5, 4.0);
        assertThat(new Sample(5, 5, 5).medianText()).isEqualTo("5.00 (5.00–5.00)");
    }
}
